package homelab.phase;

import homelab.artifact.Supplies;
import homelab.artifact.Supply;
import homelab.model.Addons;
import homelab.model.ChartRelease;
import homelab.model.Node;
import homelab.model.SecretData;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Foretold;
import homelab.resource.Resource;
import homelab.resource.Worst;
import homelab.resource.helm.ChartFile;
import homelab.resource.helm.HelmArchive;
import homelab.resource.helm.HelmProgram;
import homelab.resource.helm.Release;
import homelab.resource.helm.ReleaseReady;
import homelab.resource.helm.ReleaseSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Helm installs, one release after the other, each until what it runs is ready. All of it happens on the server whose
 * API answers, so that it goes on when this machine does not.
 *
 * @param supplies what the releases are installed with
 * @param secrets by the release's title
 * @param adopt whether what others installed is taken over
 */
public record AddonPhase(Addons addons, Supplies supplies, Map<String, List<SecretData>> secrets, boolean adopt)
        implements Phase {
    public static final String NAME = "addons";
    public static final AddonPhase NONE = new AddonPhase(Addons.NONE, Supplies.NONE, Map.of(), false);

    public AddonPhase {
        secrets = Map.copyOf(secrets);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Step> steps(Site site) {
        if (addons.isEmpty()) {
            return List.of();
        }
        List<Resource> all = new ArrayList<>(helm(site));
        addons.releases().forEach(release -> all.addAll(release(release)));
        return all.stream()
                .map(resource -> new Step(NAME, new Target.OnCluster(), resource))
                .toList();
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

    private List<Resource> release(ChartRelease release) {
        String id = "release " + release.title();
        Optional<Supply> chart = supplies.chart(release);
        if (chart.isEmpty()) {
            return List.of(Foretold.waits(id, "its chart is found", Worst.CREATE));
        }
        String sum = chart.get().artifact().sha256();
        List<Resource> all = new ArrayList<>();
        all.add(new ChartFile(
                release.chart(), chart.get().from(), chart.get().artifact().cached(), sum));
        secrets.getOrDefault(release.title(), List.of())
                .forEach(data -> all.add(new ReleaseSecret(release.namespace(), data)));
        all.add(new Release(release, sum, adopt));
        all.add(new ReleaseReady(release));
        return all;
    }
}
