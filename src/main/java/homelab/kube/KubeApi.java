package homelab.kube;

import homelab.kubeconfig.KubeconfigEntry;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Deed;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The API of one cluster. Every call has a deadline, and throws {@link Failure} with a Problem when the API cannot be
 * reached, shows another CA's certificate, or says no.
 */
public final class KubeApi implements AutoCloseable {
    private static final int TRIES = 5;

    private final KubernetesClient client;
    private final Runnable release;

    KubeApi(KubernetesClient client, Runnable release) {
        this.client = client;
        this.release = release;
    }

    /** Talks to {@code entry.server()}. Nothing is sent before the first call. */
    public static KubeApi open(KubeconfigEntry entry) {
        return open(entry, () -> {});
    }

    /** As {@link #open}; {@code release} is run when it is closed, to let go of a tunnel for instance. */
    static KubeApi open(KubeconfigEntry entry, Runnable release) {
        try {
            return new KubeApi(Clients.make(entry, Clients.REQUEST), release);
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw ApiProblems.badKeys(entry.server(), e);
        }
    }

    public List<KubeNode> nodes() {
        return told("cannot list the Nodes", () -> client.nodes().list().getItems()).stream()
                .map(Nodes::view)
                .toList();
    }

    public Optional<KubeNode> node(NodeName name) {
        return told(
                        "cannot read the Node " + name,
                        () -> Optional.ofNullable(
                                client.nodes().withName(name.text()).get()))
                .map(Nodes::view);
    }

    /** The answer to a GET of the path, e.g. {@code /readyz}, as it came. */
    public String raw(String path) {
        return told("cannot read " + path, () -> Optional.ofNullable(client.raw(path)))
                .orElseThrow(() ->
                        new Failure(Exit.FAILED, Problem.of("cannot read " + path, "the API knows no such path", "")));
    }

    /**
     * Sets and drops labels and taints, and notes in annotations which of them are ours. Others' labels and taints stay,
     * even those that are set at the same moment. Does nothing when all is so.
     *
     * @return whether the Node was changed
     */
    public boolean patchNode(Deed.PatchNode deed) {
        String what = "cannot set labels and taints of " + deed.node();
        for (int left = TRIES; ; left--) {
            try {
                return patchOnce(deed);
            } catch (KubernetesClientException e) {
                boolean meanwhileChanged = e.getCode() == HttpURLConnection.HTTP_CONFLICT;
                if (!meanwhileChanged || left == 1) {
                    throw ApiProblems.of(what, e);
                }
            }
        }
    }

    private boolean patchOnce(Deed.PatchNode deed) {
        String name = deed.node().text();
        Node node = client.nodes().withName(name).get();
        if (node == null) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            "cannot set labels and taints of " + name,
                            "the cluster has no Node of that name",
                            "homelab join-node " + name));
        }
        Optional<Map<String, Object>> patch = NodePatch.of(node, deed);
        patch.ifPresent(changes -> send(name, changes));
        return patch.isPresent();
    }

    private void send(String name, Map<String, Object> changes) {
        KubernetesSerialization json = client.getKubernetesSerialization();
        client.nodes().withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), json.asJson(changes));
    }

    /** The node takes no new pods from now on. */
    public void cordon(NodeName name) {
        told(
                "cannot cordon " + name,
                () -> Optional.ofNullable(client.nodes()
                        .withName(name.text())
                        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"unschedulable\":true}}")));
    }

    /**
     * Asks for a pod to be moved by the Eviction API, which honours PodDisruptionBudgets. One that is gone is no refusal.
     *
     * @return why it may not go now; empty when it was told to end
     */
    public Optional<String> evict(String namespace, String pod) {
        try {
            boolean may = client.pods().inNamespace(namespace).withName(pod).evict();
            return may ? Optional.empty() : Optional.of("none may go now");
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            } else if (e.getCode() == HttpURLConnection.HTTP_INTERNAL_ERROR) { // several budgets for one pod
                return Optional.of(ApiProblems.said(e));
            }
            throw ApiProblems.of("cannot evict " + namespace + "/" + pod, e);
        }
    }

    /** Deletes a pod whatever its budgets say. */
    public void deletePod(String namespace, String pod) {
        told(
                "cannot delete " + namespace + "/" + pod,
                () -> client.pods().inNamespace(namespace).withName(pod).delete());
    }

    /**
     * Sets annotations of a namespaced object, and takes those away that have no value; others stay.
     *
     * @param resource as in the paths of the API, e.g. {@code argoproj.io/v1alpha1/applications}
     */
    public void annotate(String resource, String namespace, String name, Map<String, Optional<String>> notes) {
        String[] words = resource.split("/");
        ResourceDefinitionContext kind = new ResourceDefinitionContext.Builder()
                .withGroup(words[0])
                .withVersion(words[1])
                .withPlural(words[2])
                .withKind(words[2])
                .withNamespaced(true)
                .build();
        Map<String, Object> values = new LinkedHashMap<>();
        notes.forEach((key, value) -> values.put(key, value.orElse(null)));
        String patch = client.getKubernetesSerialization().asJson(Map.of("metadata", Map.of("annotations", values)));
        told(
                "cannot annotate " + namespace + "/" + name,
                () -> Optional.ofNullable(client.genericKubernetesResources(kind)
                        .inNamespace(namespace)
                        .withName(name)
                        .patch(PatchContext.of(PatchType.JSON_MERGE), patch)));
    }

    private static <T> T told(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw ApiProblems.of(what, e);
        }
    }

    @Override
    public void close() {
        client.close();
        release.run();
    }
}
