package homelab.command;

import homelab.gitops.Application;
import homelab.gitops.ArgoCache;
import homelab.gitops.GitAsk;
import homelab.gitops.Live;
import homelab.gitops.Picture;
import homelab.gitops.PodName;
import homelab.host.Host;
import homelab.host.LocalHost;
import homelab.host.Output;
import homelab.host.Script;
import homelab.kube.KubeApi;
import homelab.model.NodeName;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@code gitops} judges: six lists of the API, one look into Argo CD's Redis, one at each repository. */
final class GitopsLook {
    static final String APPLICATIONS = "/apis/argoproj.io/v1alpha1/applications";
    private static final Duration CACHE = Duration.ofSeconds(30);
    private static final Duration GIT = Duration.ofSeconds(40);

    private final Host server;
    private final KubeApi api;

    GitopsLook(Host server, KubeApi api) {
        this.server = server;
        this.api = api;
    }

    /** @throws Failure with exit REFUSED when there is no Argo CD */
    static List<Application> applications(KubeApi api) {
        try {
            return Picture.applications(api.raw(APPLICATIONS));
        } catch (Failure failure) {
            if (failure.exit() == Exit.BLIND || api.raw("/apis").contains("\"argoproj.io\"")) {
                throw failure;
            }
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "there is no Argo CD in this cluster",
                            "its API knows no Applications",
                            "addons.argocd in the inventory, then homelab addons apply argo-cd"));
        }
    }

    /** @param git whether the repositories are asked */
    Picture picture(Instant at, boolean git) {
        List<Application> applications = applications(api);
        Live live = Live.of(Live.PATHS.stream().map(api::raw).toList());
        Optional<PodName> redis = live.redis();
        return new Picture(
                at,
                applications,
                live,
                redis.map(PodName::namespace),
                redis.map(this::compared).orElse(new Reading.Unknown<>("no Redis of Argo CD runs")),
                git ? ask(applications) : Map.of());
    }

    private Reading<Map<String, Map<homelab.gitops.Id, ArgoCache.Compared>>> compared(PodName redis) {
        try {
            Output output = server.run(Script.root("read Argo CD's comparisons", ArgoCache.script(redis), CACHE));
            return output.ok()
                    ? new Reading.Known<>(ArgoCache.parse(output.text()))
                    : new Reading.Unknown<>(lastLine(output.errors()));
        } catch (IllegalArgumentException e) {
            return new Reading.Unknown<>(String.valueOf(e.getMessage()));
        } catch (Failure failure) {
            return new Reading.Unknown<>(failure.problems().get(0).why());
        }
    }

    static Map<GitAsk.Place, Reading<GitAsk.Seen>> ask(List<Application> applications) {
        try (Host here = new LocalHost(new NodeName("here"))) {
            Output output = here.run(Script.user("ask git", GitAsk.script(applications), GIT));
            return GitAsk.parse(applications, output.text());
        } catch (Failure failure) {
            return GitAsk.parse(applications, "");
        }
    }

    private static String lastLine(String text) {
        String[] lines = text.strip().split("\n");
        return lines[lines.length - 1].isBlank() ? "kubectl said nothing" : lines[lines.length - 1];
    }
}
