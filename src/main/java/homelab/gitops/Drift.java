package homelab.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.gitops.ArgoCache.Compared;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * An object that is not what Git's files were rendered to.
 *
 * @param kind whether it is otherwise, missing here, or no longer in Git
 */
public record Drift(Id id, Kind kind, List<Line> lines) {

    /** What there is to say of the whole object. */
    public enum Kind {
        CHANGED,
        MISSING,
        NOT_IN_GIT
    }

    /**
     * A field.
     *
     * @param is what the cluster has; @param git what Git wants; empty where it is not there
     * @param owners who set it, newest first; @param ignored by which rule Argo CD is told not to compare the object
     */
    public record Line(String field, String is, String git, List<Owner> owners, List<String> ignored) {
        public Line {
            owners = List.copyOf(owners);
            ignored = List.copyOf(ignored);
        }
    }

    public Drift {
        lines = List.copyOf(lines);
    }

    /** All that differs from Git, also what Argo CD is told not to compare. */
    public static List<Drift> all(Application application, Collection<Compared> compared, Live live) {
        return each(compared, one -> {
            JsonNode now = live.of(one.id()).orElse(one.live());
            return lines(application, one, now, FieldDifference.within(now, one.target()));
        });
    }

    /** What a sync would change, by Argo CD's own foretelling: what is not compared is not in it. */
    public static List<Drift> bySync(Application application, Collection<Compared> compared) {
        return each(compared, one -> {
            List<FieldDifference> all = new ArrayList<>(FieldDifference.within(one.normal(), one.foretold()));
            FieldDifference.within(one.foretold(), one.normal()).stream()
                    .filter(field -> field.is().isMissingNode())
                    .map(field -> new FieldDifference(field.field(), field.wanted(), field.is()))
                    .forEach(all::add);
            return lines(application, one, one.live(), all);
        });
    }

    private interface Look {
        List<Line> at(Compared one);
    }

    private static List<Drift> each(Collection<Compared> compared, Look look) {
        List<Drift> all = new ArrayList<>();
        for (Compared one : compared) {
            Kind kind = kind(one);
            List<Line> lines = kind == Kind.CHANGED ? look.at(one) : List.of();
            if (kind != Kind.CHANGED || !lines.isEmpty()) {
                all.add(new Drift(one.id(), kind, lines));
            }
        }
        return all;
    }

    private static Kind kind(Compared one) {
        if (one.target().isMissingNode()) {
            return Kind.NOT_IN_GIT;
        }
        return one.live().isMissingNode() ? Kind.MISSING : Kind.CHANGED;
    }

    private static List<Line> lines(
            Application application, Compared one, JsonNode live, List<FieldDifference> differences) {
        return differences.stream()
                .filter(field -> !field.field().toString().contains("last-applied-configuration"))
                .filter(field -> !field.field().toString().startsWith("metadata.managedFields"))
                .map(field -> new Line(
                        field.field().toString(),
                        shown(one.id(), field.is()),
                        shown(one.id(), field.wanted()),
                        Owner.of(live, field.field()),
                        Hidden.ignoring(application, one.id())))
                .toList();
    }

    private static String shown(Id id, JsonNode value) {
        return Optional.of(value)
                .filter(found -> !found.isMissingNode())
                .map(found -> id.secret() ? "***" : found.isValueNode() ? found.asText() : found.toString())
                .orElse("");
    }
}
