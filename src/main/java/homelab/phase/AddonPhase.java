package homelab.phase;

import homelab.artifact.Supplies;
import homelab.artifact.Supply;
import homelab.model.Addons;
import homelab.model.ArgoCd;
import homelab.model.ChartRelease;
import homelab.model.Node;
import homelab.phase.argo.ArgoAddon;
import homelab.phase.longhorn.LonghornAddon;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Foretold;
import homelab.resource.ImageArchive;
import homelab.resource.ImagesImported;
import homelab.resource.Resource;
import homelab.resource.Worst;
import homelab.resource.helm.ChartFile;
import homelab.resource.helm.HelmArchive;
import homelab.resource.helm.HelmProgram;
import homelab.resource.helm.Release;
import homelab.resource.helm.ReleaseReady;
import homelab.resource.helm.ReleaseSecret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Helm installs, one release after the other, each until what it runs is ready. All of it happens on the server whose
 * API answers, so that it goes on when this machine does not.
 *
 * @param supplies what the releases are installed with
 * @param adopt whether what others installed is taken over
 */
public record AddonPhase(Addons addons, Supplies supplies, AddonSecrets secrets, boolean adopt) implements Phase {
    public static final String NAME = "addons";
    private static final Pattern ARCH = Pattern.compile("-(amd64|arm64|arm)\\.tar");
    public static final AddonPhase NONE = new AddonPhase(Addons.NONE, Supplies.NONE, AddonSecrets.NONE, false);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Step> steps(Site site) {
        if (addons.releases().isEmpty()) {
            return List.of();
        }
        List<Resource> all = new ArrayList<>(helm(site));
        addons.releases().forEach(release -> all.addAll(release(site, release)));
        List<Step> steps = new ArrayList<>();
        site.cluster().nodes().stream().filter(site::reached).forEach(node -> steps.addAll(images(site, node)));
        all.forEach(resource -> steps.add(new Step(NAME, new Target.OnCluster(), resource)));
        return steps;
    }

    /** Before anything runs: a pod whose image cannot be had waits longer and longer between its tries. */
    private List<Step> images(Site site, Node node) {
        String arch = Site.architecture(site.factsOf(node)).orElse("");
        return supplies.images().entrySet().stream()
                .filter(image -> isFor(String.valueOf(image.getKey().getFileName()), arch))
                .map(image -> new ImageArchive(image.getKey(), image.getValue()))
                .sorted(Comparator.comparing(ImageArchive::id))
                .flatMap(image -> Stream.of(image, new ImagesImported(image)))
                .map(resource -> new Step(NAME, new Target.OnHost(node.name()), resource))
                .toList();
    }

    /** An archive whose name ends in an architecture goes to hosts of that one alone. */
    private static boolean isFor(String name, String arch) {
        Matcher suffix = ARCH.matcher(name);
        return !suffix.find() || suffix.group(1).equals(arch);
    }

    private List<Resource> helm(Site site) {
        String version = addons.helmVersion();
        Node server = site.leader().orElseGet(() -> site.cluster().servers().get(0));
        Optional<Supply> archive = Optional.ofNullable(site.facts().get(server.name()))
                .flatMap(Site::architecture)
                .flatMap(arch -> Optional.ofNullable(supplies.helm().get(arch)));
        return archive.<List<Resource>>map(supply -> List.of(
                        new HelmArchive(
                                version,
                                supply.from(),
                                supply.artifact().cached(),
                                supply.artifact().sha256()),
                        new HelmProgram(version, supply.artifact().sha256())))
                .orElseGet(() -> List.of(Foretold.unknown(
                        "helm " + version, "it is not known which of its files " + server.name() + " needs")));
    }

    private List<Resource> release(Site site, ChartRelease named) {
        KnownAddon known = known(named);
        List<Derived> derived = known.derived(site.cluster());
        ChartRelease release = named.with(Derived.under(derived, named.values()));
        Optional<Supply> chart = supplies.chart(release);
        if (chart.isEmpty()) {
            return List.of(Foretold.waits("release " + release.title(), "its chart is found", Worst.CREATE));
        }
        String sum = chart.get().artifact().sha256();
        List<Resource> all = new ArrayList<>(known.before(release));
        all.add(new ChartFile(
                release.chart(), chart.get().from(), chart.get().artifact().cached(), sum));
        secrets.releases()
                .getOrDefault(release.title(), List.of())
                .forEach(data -> all.add(new ReleaseSecret(release.namespace(), data)));
        all.add(new Release(release, sum, adopt, reasons(derived)));
        all.add(new ReleaseReady(release));
        all.addAll(known.after(site, release));
        return all;
    }

    private KnownAddon known(ChartRelease release) {
        return switch (release.name()) {
            case "longhorn" -> new LonghornAddon();
            case ArgoCd.RELEASE -> new ArgoAddon(addons.argo(), secrets);
            default -> KnownAddon.PLAIN;
        };
    }

    private static Map<String, String> reasons(List<Derived> derived) {
        Map<String, String> reasons = new LinkedHashMap<>();
        derived.forEach(one -> reasons.put(one.name(), one.value() + " (" + one.reason() + ")"));
        return reasons;
    }
}
