package homelab.resource.bundled;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.resource.helm.Api;
import homelab.resource.helm.Trees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The objects of what k3s brings along as the cluster has them, asked once for all of it.
 *
 * @param objects those that are there, by the path where the API keeps them
 */
record BundledLook(Map<String, Map<String, Object>> objects) {
    private static final String SYSTEM = "/namespaces/kube-system/";
    static final String TRAEFIK_CONFIG = "/apis/helm.cattle.io/v1" + SYSTEM + "helmchartconfigs/traefik";
    static final String TRAEFIK_CHART = "/apis/helm.cattle.io/v1" + SYSTEM + "helmcharts/traefik";
    static final String TRAEFIK = "/apis/apps/v1" + SYSTEM + "deployments/traefik";
    static final String TRAEFIK_SERVICE = "/api/v1" + SYSTEM + "services/traefik";
    static final String COREDNS = "/apis/apps/v1" + SYSTEM + "deployments/coredns";
    static final String COREFILE = "/api/v1" + SYSTEM + "configmaps/coredns";
    static final String COREDNS_CUSTOM = "/api/v1" + SYSTEM + "configmaps/coredns-custom";
    static final String LOCAL_PATH = "/apis/apps/v1" + SYSTEM + "deployments/local-path-provisioner";
    static final String LOCAL_PATH_CONFIG = "/api/v1" + SYSTEM + "configmaps/local-path-config";
    static final String METRICS_SERVER = "/apis/apps/v1" + SYSTEM + "deployments/metrics-server";

    private static final List<String> ALL = List.of(
            TRAEFIK_CONFIG,
            TRAEFIK_CHART,
            TRAEFIK,
            TRAEFIK_SERVICE,
            COREDNS,
            COREFILE,
            COREDNS_CUSTOM,
            LOCAL_PATH,
            LOCAL_PATH_CONFIG,
            METRICS_SERVER);

    static final Probe<BundledLook> PROBE = new Probe<>(
            "bundled",
            Api.GET + "printf '%s?pretty=false\\n' " + String.join(" ", ALL)
                    + " | get application/json | sed 's/\"chartContent\":\"[^\"]*\"/\"chartContent\":\"\"/g'\n",
            Duration.ofSeconds(25),
            BundledLook::parse);

    static BundledLook parse(Answer answer) {
        List<Api.Got> all = Api.read(answer);
        if (!answer.ok() || all.size() != ALL.size()) {
            throw new IllegalStateException("no API answers on this server");
        }
        Map<String, Map<String, Object>> objects = new TreeMap<>();
        for (int i = 0; i < all.size(); i++) {
            Api.Got got = all.get(i);
            if (got.found()) {
                objects.put(ALL.get(i), Trees.json(got.body()));
            } else if (!got.absent()) {
                throw new IllegalStateException("the API does not tell " + ALL.get(i) + " (HTTP " + got.status() + ")");
            }
        }
        return new BundledLook(objects);
    }

    Optional<Map<String, Object>> at(String path) {
        return Optional.ofNullable(objects.get(path));
    }
}
