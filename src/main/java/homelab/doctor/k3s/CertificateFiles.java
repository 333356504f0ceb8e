package homelab.doctor.k3s;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The certificates that k3s keeps on a host. They are public; no key is read. */
public final class CertificateFiles {
    /** The first of each file: what follows it are those that signed it. */
    public static final Probe<List<Held>> PROBE = Probe.of("doctor:certificates", """
            cd /var/lib/rancher/k3s 2>/dev/null || { echo 'k3s has no data here'; exit 1; }
            for file in server/tls/*.crt server/tls/etcd/*.crt agent/*.crt; do
              [ -r "$file" ] || continue
              echo "file $file"
              sed -n '/-----BEGIN CERTIFICATE-----/,/-----END CERTIFICATE-----/{p;/-----END/q}' "$file"
            done
            """, CertificateFiles::parse);

    private CertificateFiles() {}

    /** @param authority whether it signs others */
    public record Held(String file, Instant ends, boolean authority) {}

    private static List<Held> parse(Answer answer) {
        if (!answer.ok() || answer.cut()) {
            throw new IllegalStateException(
                    answer.cut()
                            ? "there are more certificates than can be read"
                            : answer.text().strip());
        }
        List<Held> held = new ArrayList<>();
        for (String part : ("\n" + answer.text()).split("\nfile ")) {
            int end = part.indexOf('\n');
            if (end > 0) {
                held.add(of(part.substring(0, end).strip(), part.substring(end + 1)));
            }
        }
        return held;
    }

    /** @throws IllegalStateException when it cannot be read */
    static Held of(String file, String pem) {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            return new Held(file, certificate.getNotAfter().toInstant(), certificate.getBasicConstraints() >= 0);
        } catch (CertificateException e) {
            throw new IllegalStateException("the certificate in " + file + " cannot be read", e);
        }
    }
}
