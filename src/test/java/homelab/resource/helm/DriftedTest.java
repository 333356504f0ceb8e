package homelab.resource.helm;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.resource.Change;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limits: {cpu: 1000m}         | limits: {cpu: '1'}",
                "limits: {cpu: 0.5}           | limits: {cpu: 500m}",
                "requests: {storage: 1024Mi}  | requests: {storage: 1Gi}",
                "replicas: 2                  | replicas: 2",
                "weight: 1.0                  | weight: 1",
                "hostNetwork: false           | other: x",
                "env: []                      | other: x",
                "selector: {}                 | other: x",
                "a: null                      | a: 5",
                "a: {b: 1}                    | a: {b: 1, added: by-the-api}",
                "mode: 0644                   | mode: 420",
            })
    void takesForTheSameWhatKubernetesWritesInAnotherWay(String wanted, String live) {
        assertThat(changes("spec: {" + wanted + "}", "spec: {" + live + "}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limits: {cpu: 1000m}         | limits: {cpu: '2'}            | spec.limits.cpu      | 2      | 1000m",
                "version: '1.10'              | version: '1.1'                | spec.version         | 1.1    | 1.10",
                "tag: 1000m                   | tag: '1'                      | spec.tag             | 1      | 1000m",
                "replicas: 2                  | other: x                      | spec.replicas        | absent | 2",
                "paused: false                | paused: true                  | spec.paused          | true   | false",
                "args: [a, b]                 | args: [a, c]                  | spec.args[1]         | c      | b",
                "args: [a]                    | args: [a, b]                  | spec.args[1]         | b      | absent",
                "env: [{name: A, value: x}]   | env: [{name: A, value: y}]    | spec.env[A].value    | y      | x",
                "password: a                  | password: b                   | spec.password        | ***    | ***",
            })
    void showsWhatDiffers(String wanted, String live, String path, String before, String after) {
        assertThat(changes("spec: {" + wanted + "}", "spec: {" + live + "}"))
                .containsExactly(new Change("Thing web/one " + path, before, after));
    }

    @Test
    void leavesToOthersWhatTheyAddToAListWithNames() {
        assertThat(changes(
                        "spec: {containers: [{name: web, image: a}]}",
                        "spec: {containers: [{name: injected, image: x}, {name: web, image: a}]}"))
                .isEmpty();
    }

    @Test
    void tellsPortsOfOneNumberApartByTheirProtocol() {
        assertThat(changes(
                        "spec: {ports: [{port: 53}, {port: 53, protocol: UDP}]}",
                        "spec: {ports: [{port: 53, protocol: TCP}, {port: 53, protocol: UDP}]}"))
                .isEmpty();
    }

    @Test
    void ignoresTheStatusAndTheNamespaceOfWhatHasNone() {
        assertThat(changes("metadata: {namespace: a}\nstatus: {x: 1}", "metadata: {name: one}\nstatus: {x: 2}"))
                .isEmpty();
    }

    @Test
    void neverShowsWhatASecretHolds() {
        Item secret = item("Secret", "stringData: {password: hunter2}");
        assertThat(Drifted.changes(secret, Trees.map(yaml("data: {password: b3RoZXI=}"))))
                .containsExactly(new Change("Secret web/one data.password", "***", "***"));
        assertThat(Drifted.changes(secret, Trees.map(yaml("data: {password: aHVudGVyMg==}"))))
                .isEmpty();
    }

    @Test
    void readsManifestsAsKubernetesDoes() {
        List<Item> items = Manifest.read("""
                ---
                # Source: x
                kind: List
                items: [{kind: A, metadata: {name: one}}, {kind: B, metadata: {name: two, namespace: other}}]
                ---
                ---
                kind: C
                metadata: {name: three}
                at: 12:30:00
                on: 2026-01-02
                """, "web");
        assertThat(items).extracting(Item::title).containsExactly("A web/one", "B other/two", "C web/three");
        assertThat(items.get(2).tree()).containsEntry("at", "12:30:00").containsEntry("true", "2026-01-02");
    }

    @ParameterizedTest
    @CsvSource({
        "v1, Service, /api/v1/namespaces/web/services/one",
        "apps/v1, Deployment, /apis/apps/v1/namespaces/web/deployments/one",
        "networking.k8s.io/v1, NetworkPolicy, /apis/networking.k8s.io/v1/namespaces/web/networkpolicies/one",
        "networking.k8s.io/v1, Ingress, /apis/networking.k8s.io/v1/namespaces/web/ingresses/one",
        "scheduling.k8s.io/v1, PriorityClass, /apis/scheduling.k8s.io/v1/priorityclasses/one",
        "v1, Endpoints, /api/v1/namespaces/web/endpoints/one",
    })
    void knowsWhereKubernetesKeepsItsOwnKinds(String apiVersion, String kind, String path) {
        assertThat(Kinds.path(new Item(apiVersion, kind, "one", "web", java.util.Map.of())))
                .isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0,1.0.1,true",
        "1.9.0,1.10.0,true",
        "1.0.0-rc1,1.0.0,true",
        "v1.2.0,1.2.0,false",
        "2.0.0,1.9.9,false"
    })
    void ordersVersions(String one, String other, boolean older) {
        assertThat(ChartVersion.older(one, other)).isEqualTo(older);
    }

    private static List<Change> changes(String wanted, String live) {
        return Drifted.changes(item("Thing", wanted), Trees.map(yaml(live)));
    }

    private static Item item(String kind, String text) {
        return new Item("example.com/v1", kind, "one", "web", Trees.map(yaml(text)));
    }

    private static Object yaml(String text) {
        return Manifest.read(text + "\nkind: Any", "web").get(0).tree();
    }
}
