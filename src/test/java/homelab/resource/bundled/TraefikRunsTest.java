package homelab.resource.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Traefik;
import homelab.phase.bundled.Manifests;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.resource.helm.Manifest;
import homelab.resource.helm.ReleaseLook;
import homelab.resource.helm.Revision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pod that moves with its node must not stop a run that promised no restart; a Traefik that was told otherwise must. */
class TraefikRunsTest {
    private static final Traefik TRAEFIK = new Traefik(List.of(), Optional.of("Local"), false, Map.of());
    private static final TraefikRuns RUNS = new TraefikRuns(TRAEFIK, Manifests.values(TRAEFIK));

    private final Map<String, Map<String, Object>> objects = new HashMap<>(Map.of(
            BundledLook.TRAEFIK, deployment(0),
            BundledLook.TRAEFIK_SERVICE, Manifest.tree("spec: {externalTrafficPolicy: Local}")));

    private static Map<String, Object> deployment(int available) {
        return Manifest.tree("{kind: Deployment, metadata: {name: traefik}, spec: {replicas: 1},"
                + " status: {updatedReplicas: 1, availableReplicas: " + available + "}}");
    }

    private Status status(String release) {
        Revision revision = new Revision(
                1, release, "said", "", "traefik", "34.2.1", Map.of(), Manifests.values(TRAEFIK), List.of());
        return RUNS.status(new Readings(Map.of(
                BundledLook.PROBE.id(), new Reading.Known<>(new BundledLook(objects)),
                ReleaseLook.probe("kube-system", "traefik").id(),
                        new Reading.Known<>(new ReleaseLook(List.of(revision), 0, "")))));
    }

    @Test
    void isSameWhileItsPodMoves() {
        assertThat(status("deployed")).isEqualTo(Status.SAME);
        assertThat(new Component("traefik", true)
                        .status(new Readings(
                                Map.of(BundledLook.PROBE.id(), new Reading.Known<>(new BundledLook(objects))))))
                .isInstanceOfSatisfying(
                        Status.Drift.class, drift -> assertThat(drift.worst()).isEqualTo(Worst.WAIT));
    }

    @Test
    void onlyWaitsForHelmThatIsAtWorkOnWhatItWasTold() {
        assertThat(status("pending-upgrade"))
                .isEqualTo(
                        Status.drift(Worst.WAIT, "release kube-system/traefik", "pending-upgrade: said", "deployed"));
    }

    @Test
    void restartsWhatFailedIsGoneOrSaysSomethingElse() {
        assertThat(status("failed"))
                .isInstanceOfSatisfying(
                        Status.Drift.class, drift -> assertThat(drift.worst()).isEqualTo(Worst.RESTART));
        objects.put(BundledLook.TRAEFIK_SERVICE, Manifest.tree("spec: {externalTrafficPolicy: Cluster}"));
        assertThat(status("pending-upgrade"))
                .isInstanceOfSatisfying(
                        Status.Drift.class, drift -> assertThat(drift.worst()).isEqualTo(Worst.RESTART));
        objects.remove(BundledLook.TRAEFIK);
        assertThat(status("deployed"))
                .isInstanceOfSatisfying(
                        Status.Drift.class, drift -> assertThat(drift.changes()).hasSize(2));
    }
}
