package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The API of the server on this very host answers that it is ready. */
public record K3sApi() implements Resource {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Probe<String> PROBE = new Probe<>(
            "api:/readyz", read("/readyz"), LIMIT, answer -> answer.text().strip());

    /**
     * Shell that prints what the API answers at a path; it fails where there is no API. With curl this takes 20 ms, where
     * starting kubectl takes a Pi most of a second.
     */
    public static String read(String path) {
        return """
                cd /var/lib/rancher/k3s/server/tls 2>/dev/null && [ -f client-admin.key ] || exit 1
                if command -v curl >/dev/null; then
                  exec curl -s -m 8 --noproxy '*' --cacert server-ca.crt --cert client-admin.crt --key client-admin.key \
                    'https://127.0.0.1:6443%s'
                fi
                %sexec /usr/local/bin/k3s kubectl get --request-timeout=8s --raw '%s'
                """.formatted(path, Probe.LIFTED, path);
    }

    @Override
    public String id() {
        return "API";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        if (!(readings.of(PROBE) instanceof Reading.Known<String> known)) {
            return new Status.Unknown("the API could not be asked in " + LIMIT.toSeconds() + " s");
        }
        return known.value().equals("ok")
                ? Status.SAME
                : Status.drift(Worst.WAIT, id(), before(known.value()), "ready");
    }

    /** The API server lists its checks when one of them fails: {@code [-]etcd failed: reason withheld}. */
    private static String before(String answer) {
        String failed = String.join(
                ", ",
                answer.lines()
                        .filter(line -> line.startsWith("[-]"))
                        .map(line -> line.substring(3))
                        .toList());
        return failed.isEmpty() ? "no answer" : failed;
    }

    @Override
    public Deed deed() {
        return new Deed.Await();
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Optional<Probe<String>> diagnosis() {
        return Optional.of(K3sTrouble.probe("k3s"));
    }
}
