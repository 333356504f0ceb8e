package homelab.resource.bundled;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.resource.helm.Trees;
import java.util.List;
import java.util.Map;

/**
 * Nothing of ours tells this part of k3s how to be; what others told it stays. k3s takes nothing out of the cluster when a
 * manifest goes (k3s, Managing Packaged Components), so it is done here. Asked on a server.
 */
public enum Unmanifested implements Resource {
    TRAEFIK("HelmChartConfig kube-system/traefik", BundledLook.TRAEFIK_CONFIG, """
            k3s kubectl -n kube-system delete helmchartconfigs.helm.cattle.io traefik --ignore-not-found
            forget homelab-traefik
            """),
    COREDNS("ConfigMap kube-system/coredns-custom", BundledLook.COREDNS_CUSTOM, """
            k3s kubectl -n kube-system patch configmap coredns-custom --type=merge -p '{"data":{"homelab.server":null}}'
            left=$(k3s kubectl -n kube-system get configmap coredns-custom -o go-template='{{range $key, $value := .data}}{{$key}}{{end}}')
            [ -n "$left" ] || k3s kubectl -n kube-system delete configmap coredns-custom --ignore-not-found
            forget homelab-coredns
            """);

    /** k3s's own record of a manifest that it has applied; lab k3s keeps none. */
    private static final String FORGET = """
            set -eu
            exec >&2
            forget() {
              k3s kubectl get customresourcedefinition addons.k3s.cattle.io >/dev/null 2>&1 || return 0
              k3s kubectl -n kube-system delete addons.k3s.cattle.io "$1" --ignore-not-found
            }
            """;

    private final String title;
    private final String path;
    private final String script;

    Unmanifested(String title, String path, String script) {
        this.title = title;
        this.path = path;
        this.script = script;
    }

    @Override
    public String id() {
        return "no " + title + " of homelab's";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(BundledLook.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(BundledLook.PROBE),
                look -> look.at(path).filter(this::ours).isPresent()
                        ? Status.drift(Worst.DELETE, title, "what homelab wrote there", "absent")
                        : Status.SAME);
    }

    private boolean ours(Map<String, Object> live) {
        return this == TRAEFIK
                ? Trees.word(live, "metadata", "labels", Manifested.OWNER).equals("homelab")
                : Trees.map(live, "data").containsKey("homelab.server");
    }

    @Override
    public List<String> kept(Readings readings) {
        return readings.of(BundledLook.PROBE).known().flatMap(look -> look.at(path)).stream()
                .filter(live -> !ours(live))
                .map(live -> title + " was not made by homelab")
                .toList();
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of(FORGET + script);
    }
}
