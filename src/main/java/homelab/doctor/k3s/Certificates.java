package homelab.doctor.k3s;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.model.Node;
import homelab.probe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** K3S-004: no certificate of k3s is about to end. */
final class Certificates implements HostCheck<List<CertificateFiles.Held>> {
    private static final Duration WARN = Duration.ofDays(60);
    private static final Duration FAIL = Duration.ofDays(14);
    private static final Duration AUTHORITY = Duration.ofDays(365);

    @Override
    public String id() {
        return "K3S-004";
    }

    @Override
    public Probe<List<CertificateFiles.Held>> probe(Node node) {
        return CertificateFiles.PROBE;
    }

    @Override
    public Finding judge(House house, Node node, List<CertificateFiles.Held> held) {
        String name = node.name().text();
        if (held.isEmpty()) {
            return unknown(name, "no certificates of k3s were found");
        }
        List<CertificateFiles.Held> soon = held.stream()
                .filter(one -> one.ends().isBefore(house.now().plus(one.authority() ? AUTHORITY : WARN)))
                .sorted(Comparator.comparing(CertificateFiles.Held::ends))
                .toList();
        if (soon.isEmpty()) {
            return pass(name, held.size() + " certificates, none ends soon");
        }
        return told(house.now(), node, soon);
    }

    private Finding told(Instant now, Node node, List<CertificateFiles.Held> soon) {
        String name = node.name().text();
        Instant first = soon.get(0).ends();
        List<String> lines = soon.stream()
                .map(one -> one.file() + " ends " + one.ends() + (one.authority() ? ", and signs others" : ""))
                .toList();
        boolean signs = soon.get(0).authority();
        String what = first.isBefore(now)
                ? "a certificate has ended"
                : "a certificate ends in " + Duration.between(now, first).toDays() + " days";
        return (first.isBefore(now.plus(FAIL)) ? fail(name, what) : warn(name, what))
                .by(lines)
                .fix(
                        signs
                                ? "k3s certificate rotate-ca, see k3s's documentation"
                                : "sudo systemctl restart " + node.role().unit() + " on " + name
                                        + ", which renews what ends within 120 days");
    }
}
