package homelab.phase.release;

import homelab.model.K3sVersion;
import homelab.plan.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which minors of Kubernetes the makers of Argo CD and Longhorn name for their versions. */
public final class ProductSupport {
    /** @param version how versions of this row begin: "3.2", "1.11.3" */
    private record Range(String product, String image, String version, int from, int to, String page) {
        boolean is(Image other) {
            return other.name().endsWith(image)
                    && (other.tag().equals(version) || other.tag().startsWith(version + "."));
        }

        boolean holds(K3sVersion kubernetes) {
            return from <= kubernetes.minor() && kubernetes.minor() <= to;
        }
    }

    /** @param tag without its v */
    private record Image(String name, String tag) {
        static Image parse(String text) {
            String[] parts = text.replaceFirst("@.*", "").split(":v?(?=[^:/]*$)", 2);
            return new Image(parts[0], parts.length == 2 ? parts[1] : "");
        }
    }

    private final List<Range> ranges = Published.load("products.txt", 6).rows().stream()
            .map(row -> new Range(
                    row.get(0),
                    row.get(1),
                    row.get(2),
                    Integer.parseInt(row.get(3)),
                    Integer.parseInt(row.get(4)),
                    row.get(5)))
            .toList();

    /**
     * A warning for each that its makers do not name for the new release. One that nothing is known of is not judged.
     *
     * @param images that run: {@code quay.io/argoproj/argocd:v2.14.21}
     */
    public List<Finding> findings(List<String> images, K3sVersion wanted) {
        return images.stream()
                .map(Image::parse)
                .flatMap(
                        image -> range(image)
                                .filter(range -> !range.holds(wanted))
                                .map(range -> outside(range, image, wanted))
                                .stream())
                .distinct()
                .toList();
    }

    private Optional<Range> range(Image image) {
        return ranges.stream()
                .filter(range -> range.is(image))
                .max(Comparator.comparingInt(range -> range.version().length()));
    }

    private Finding outside(Range range, Image image, K3sVersion wanted) {
        return Finding.warn(
                range.product() + " " + image.tag() + ": its makers do not name Kubernetes 1." + wanted.minor()
                        + " for it",
                "they name 1." + range.from() + " to 1." + range.to() + ", " + range.page(),
                fix(range, wanted));
    }

    private String fix(Range range, K3sVersion wanted) {
        String others = ranges.stream()
                .filter(other -> other.product().equals(range.product()) && other.holds(wanted))
                .map(Range::version)
                .collect(Collectors.joining(", "));
        return others.isEmpty()
                ? "look for a newer version of it first; homelab knows of none"
                : "bring it to one that is made for it first: " + others;
    }
}
