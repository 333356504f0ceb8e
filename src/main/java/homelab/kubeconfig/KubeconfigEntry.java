package homelab.kubeconfig;

import homelab.model.Secret;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What it takes to talk to one cluster as its administrator. Held in memory; the key shows as {@code ***}.
 *
 * @param server the API's URL as this machine reaches it, e.g. {@code https://10.0.1.11:6443}
 * @param caData the cluster CA, PEM in base64 as kubeconfigs carry it
 * @param clientCertificateData the client certificate, likewise
 * @param clientKeyData the client's private key, likewise
 */
public record KubeconfigEntry(String server, String caData, String clientCertificateData, Secret clientKeyData) {

    /**
     * Takes the entry out of what k3s writes to {@code /etc/rancher/k3s/k3s.yaml}.
     *
     * @param serverUrl replaces k3s's own {@code https://127.0.0.1:6443}
     * @throws Failure with exit FAILED when the text is no such file
     */
    public static KubeconfigEntry fromK3s(String yaml, String serverUrl) {
        Document document = Document.parse("k3s.yaml", yaml);
        Map<Section, String> names = document.namesBehind(document.currentContext());
        return new KubeconfigEntry(
                serverUrl,
                field(document, Section.CLUSTERS, names, "certificate-authority-data"),
                field(document, Section.USERS, names, "client-certificate-data"),
                new Secret(field(document, Section.USERS, names, "client-key-data")));
    }

    private static String field(Document document, Section section, Map<Section, String> names, String key) {
        return Optional.ofNullable(names.get(section))
                .flatMap(name -> document.field(section, name, key))
                .map(text -> text.replaceAll("\\s", ""))
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new Failure(
                        Exit.FAILED,
                        Problem.of(
                                "the server's kubeconfig cannot be used",
                                "its current context leads to no " + key,
                                "on the server: systemctl restart k3s (writes /etc/rancher/k3s/k3s.yaml anew)")));
    }

    /** The same access by another way, such as the local end of a tunnel. */
    public KubeconfigEntry at(String otherServer) {
        return new KubeconfigEntry(otherServer, caData, clientCertificateData, clientKeyData);
    }

    /** The certificates are long and say nothing to a reader. */
    @Override
    public String toString() {
        return "KubeconfigEntry[" + server + ", " + clientKeyData + "]";
    }

    /** The fields of the item in this section, in the order in which kubectl writes them. */
    Map<String, String> fields(Section section, String name) {
        Map<String, String> fields = new LinkedHashMap<>();
        switch (section) {
            case CLUSTERS -> {
                fields.put("certificate-authority-data", caData);
                fields.put("server", server);
            }
            case CONTEXTS -> {
                fields.put("cluster", name);
                fields.put("user", name);
            }
            case USERS -> {
                fields.put("client-certificate-data", clientCertificateData);
                fields.put("client-key-data", clientKeyData.reveal());
            }
        }
        return fields;
    }
}
