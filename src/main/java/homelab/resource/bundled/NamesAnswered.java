package homelab.resource.bundled;

import homelab.model.Ip;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.problem.Problem;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.resource.helm.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cluster's DNS answers with the addresses that it was told. CoreDNS reads its files anew by itself, minutes after the
 * object has changed, and keeps the old ones without a word when the new are wrong: so it is asked. Asked on a server.
 *
 * @param server the address of the cluster's DNS
 * @param hosts name to addresses
 */
public record NamesAnswered(Ip server, Map<String, List<Ip>> hosts) implements Resource {

    // perl is part of every Debian, and nothing else there asks a DNS server of one's choice.
    private static final String ASK = """
            command -v perl >/dev/null || { echo blind; exit 0; }
            perl -MSocket=:all -e '
              my ($server, $port, @names) = @ARGV;
              my $six = $server =~ /:/;
              my $to = $six ? pack_sockaddr_in6($port, inet_pton(AF_INET6, $server)) : pack_sockaddr_in($port, inet_aton($server));
              for my $name (@names) { for my $type (1, 28) {
                socket(my $s, $six ? AF_INET6 : AF_INET, SOCK_DGRAM, 0) or die;
                setsockopt($s, SOL_SOCKET, SO_RCVTIMEO, pack("l!l!", 2, 0));
                my ($id, $got) = (int(rand(65536)));
                my $head = pack("n6", $id, 256, 1, 0, 0, 0);
                my $question = join("", map { pack("C/a*", $_) } split(/\\./, $name)) . pack("xnn", $type, 1);
                send($s, $head . $question, 0, $to);
                next unless defined recv($s, $got, 4096, 0) && unpack("n", $got) == $id;
                my ($count, $at) = (unpack("x6n", $got), 12 + length($question));
                while ($count-- > 0) {
                  while ((my $n = unpack("C", substr($got, $at, 1))) > 0) { if ($n > 191) { $at++; last } $at += $n + 1 }
                  my ($is, $length) = unpack("n x2 x4 n", substr($got, ++$at, 10));
                  my $data = substr($got, $at + 10, $length); $at += 10 + $length;
                  print "$name ", inet_ntop(AF_INET, $data), "\\n" if $is == 1;
                  print "$name ", inet_ntop(AF_INET6, $data), "\\n" if $is == 28;
                }
              } }'""";

    @Override
    public String id() {
        return "names answered by CoreDNS";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(BundledLook.PROBE, probe());
    }

    private Probe<Map<String, Set<String>>> probe() {
        String names = Sh.quote(hosts.keySet());
        return new Probe<>(
                "names:" + server + " " + names,
                ask(server, 53, hosts.keySet()),
                Duration.ofSeconds(15),
                NamesAnswered::parse);
    }

    /** sh that prints NAME ADDRESS for each address that the DNS server tells. */
    static String ask(Ip server, int port, Collection<String> names) {
        return ASK + " " + Sh.quote(server.toString()) + " " + port + " " + Sh.quote(names) + "\n";
    }

    private static Map<String, Set<String>> parse(Answer answer) {
        if (!answer.ok() || answer.text().strip().equals("blind")) {
            throw new IllegalStateException(
                    answer.ok()
                            ? "there is no perl on this server to ask DNS with"
                            : "DNS could not be asked (exit code " + answer.exit() + ")");
        }
        Map<String, Set<String>> found = new LinkedHashMap<>();
        answer.text()
                .lines()
                .map(line -> line.split(" "))
                .forEach(words -> found.computeIfAbsent(words[0], name -> new TreeSet<>())
                        .add(Ip.parse(words[1]).toString()));
        return found;
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(BundledLook.PROBE), look -> {
            if (look.at(BundledLook.COREFILE).isPresent() && !imports(look)) {
                return new Status.Refused(Problem.of(
                        "addons.coredns would have no effect",
                        "the Corefile in kube-system/coredns has no line import /etc/coredns/custom/*.server, as k3s's own has",
                        "take addons.coredns out, or give CoreDNS back to k3s (remove it from k3s.disable)"));
            }
            return hosts.isEmpty() ? Status.SAME : Status.of(readings.of(probe()), this::judged);
        });
    }

    private static boolean imports(BundledLook look) {
        return look.at(BundledLook.COREFILE)
                .map(corefile -> Trees.word(corefile, "data", "Corefile"))
                .filter(text -> text.contains("import /etc/coredns/custom/*.server"))
                .isPresent();
    }

    private Status judged(Map<String, Set<String>> answered) {
        List<Change> changes = new ArrayList<>();
        hosts.forEach((name, addresses) -> {
            Set<String> wanted =
                    new TreeSet<>(addresses.stream().map(String::valueOf).toList());
            Set<String> is = answered.getOrDefault(name, Set.of());
            if (!is.equals(wanted)) {
                String now = is.isEmpty() ? "not answered" : String.join(", ", is);
                changes.add(new Change("name " + name, now, String.join(", ", wanted)));
            }
        });
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.WAIT);
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
    public java.util.Optional<Probe<String>> diagnosis() {
        return java.util.Optional.of(
                Probe.text(
                        "coredns log",
                        Probe.LIFTED
                                + "k3s kubectl -n kube-system logs -l k8s-app=kube-dns --tail=40 | grep -E 'ERROR|plugin/reload|Corefile' | tail -n 4"));
    }
}
