package homelab.kubeconfig;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What a kubeconfig says of one context, as far as a plan compares it. Holds no secret.
 *
 * @param server the API's URL
 * @param caSha256 of the CA's PEM file, 64 hex digits; the same figure as of {@code server-ca.crt} on a k3s host
 * @param clientCertificateSha256 of the client certificate's PEM file
 */
public record KubeconfigState(String server, String caSha256, String clientCertificateSha256) {

    /** What the file would say after a merge of the entry. */
    public static KubeconfigState of(KubeconfigEntry entry) {
        return new KubeconfigState(
                entry.server(), sha256OfData(entry.caData()), sha256OfData(entry.clientCertificateData()));
    }

    /**
     * Empty when there is no such file, no such context, or the context lacks a part.
     *
     * @throws homelab.problem.Failure with exit REFUSED when the file cannot be understood, and its place
     */
    public static Optional<KubeconfigState> read(Path file, String context) {
        return Files.exists(file) ? read(Document.read(file), context) : Optional.empty();
    }

    static Optional<KubeconfigState> read(Document document, String context) {
        Map<Section, String> names = document.namesBehind(context);
        Optional<String> cluster = Optional.ofNullable(names.get(Section.CLUSTERS));
        Optional<String> user = Optional.ofNullable(names.get(Section.USERS));
        Optional<String> server = cluster.flatMap(name -> document.field(Section.CLUSTERS, name, "server"));
        Optional<String> ca = cluster.flatMap(name -> document.sha256(Section.CLUSTERS, name, "certificate-authority"));
        Optional<String> certificate = user.flatMap(name -> document.sha256(Section.USERS, name, "client-certificate"));
        if (server.isEmpty() || ca.isEmpty() || certificate.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new KubeconfigState(server.get(), ca.get(), certificate.get()));
    }

    /** Text that is no base64 has a sum too, one that equals no other. */
    static String sha256OfData(String base64) {
        try {
            return sha256(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return "not base64";
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
