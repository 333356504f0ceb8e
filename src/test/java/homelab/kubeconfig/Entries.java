package homelab.kubeconfig;

import homelab.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Kubeconfig entries for tests. Their "PEM" is plain text: nothing here looks into it. */
final class Entries {
    static final String KEY = data("the private key");

    private Entries() {}

    static KubeconfigEntry lab() {
        return entry("https://10.0.1.11:6443", "ca of lab", "certificate 1");
    }

    static KubeconfigEntry entry(String server, String ca, String certificate) {
        return new KubeconfigEntry(server, data(ca), data(certificate), new Secret(KEY));
    }

    static String data(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
