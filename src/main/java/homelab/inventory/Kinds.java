package homelab.inventory;

import homelab.model.Allow;
import homelab.model.Backend;
import homelab.model.Backup;
import homelab.model.Cidr;
import homelab.model.Cluster;
import homelab.model.Gitops;
import homelab.model.Ip;
import homelab.model.K3sVersion;
import homelab.model.NodeName;
import homelab.model.Placement;
import homelab.model.Role;
import homelab.model.Taint;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every kind of value that an inventory has. */
final class Kinds {
    static final Kind<String> CLUSTER = Kind.of("a cluster name", "write one such as home", Cluster::requireName);
    static final Kind<NodeName> NODE = Kind.of("a host name", "write one such as jarvis", NodeName::new);
    static final Kind<Cidr> CIDR = new Kind<>("a network", Cidr::parse, Kinds::network);
    static final Kind<Ip> IP = Kind.of("an IP address", "write one such as 10.0.1.10", Ip::parse);
    static final Kind<Optional<Ip>> ADDRESS = Kind.of(
            "an address",
            "write the fixed IP address of the host, or local for this machine; names are not taken,"
                    + " since firewall rules need addresses",
            text -> text.equals("local") ? Optional.empty() : Optional.of(Ip.parse(text)));
    static final Kind<Integer> PORT = Kind.of("a port", "write a number from 1 to 65535", text -> number(text, 65535));
    static final Kind<Integer> COUNT = Kind.of("a count", "write a number from 1 to 1000", text -> number(text, 1000));
    static final Kind<Boolean> FLAG = new Kind<>(
            "true or false",
            Kind.choice("", Map.of("true", true, "false", false)).parse(),
            text -> "write true or false");
    static final Kind<K3sVersion> VERSION = new Kind<>("an exact k3s release", K3sVersion::parse, Kinds::release);
    static final Kind<Role> ROLE = words("a role", Role.values(), Role::word);
    static final Kind<Backend> BACKEND = words("a flannel backend", Backend.values(), Backend::word);
    static final Kind<String> COMPONENT = words(
            "a component of k3s",
            new String[] {"coredns", "servicelb", "traefik", "local-storage", "metrics-server", "runtimes"},
            Function.identity());
    static final Kind<String> PROTOCOL = words("a protocol", new String[] {"tcp", "udp"}, Function.identity());
    static final Kind<Boolean> BECOME = Kind.choice("a way to become root", Map.of("sudo", true, "none", false));
    static final Kind<Boolean> HOST_KEYS =
            Kind.choice("a policy for host keys", Map.of("strict", true, "accept-new", false));
    static final Kind<String> SSH_ENTRY =
            matching("a name of ~/.ssh/config", "jarvis", "[A-Za-z0-9_][A-Za-z0-9_.:-]{0,252}");
    static final Kind<String> WHY =
            Kind.of("a reason", "write a few words such as Home Assistant", Allow::requireComment);
    static final Kind<Taint> TAINT = Kind.of("a taint", "write one such as dedicated=storage:NoSchedule", Taint::parse);
    static final Kind<String> USER = matching("a login name", "pi", "[A-Za-z_][A-Za-z0-9_.-]{0,31}");
    static final Kind<String> IFACE = matching("a network interface", "eth0", "[A-Za-z0-9_.:@-]{1,15}");
    static final Kind<String> SAN = matching(
            "a host name or address",
            "k3s.home.arpa",
            "(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9a-fA-F:.]+");
    static final Kind<String> CRON =
            matching("a schedule", "0 */12 * * *", "@[a-z]+|[0-9*/,A-Za-z-]+( [0-9*/,A-Za-z?-]+){4}");
    static final Kind<String> ARGUMENT =
            matching("an argument without dashes", "max-pods=60", "[a-z][a-z0-9-]*(=[^\\p{Cntrl}]*)?");
    static final Kind<String> VARIABLE =
            Kind.of("the name of a variable", "write one such as K3S_TOKEN", Kinds::variable);
    static final Kind<String> TEXT = matching("a text of one line", "Raspberry Pi 5", "[^\\p{Cntrl}]{1,200}");
    static final Kind<String> REGISTRY_USER = matching("a user name without a colon", "tony", "[^:\\p{Cntrl}]{1,200}");
    static final Kind<String> HELM = matching("an exact release of Helm", "v3.18.4", "v3\\.\\d+\\.\\d+");
    static final Kind<String> CHART_VERSION = matching(
            "an exact version of a chart",
            "1.0.0",
            "v?(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");
    static final Kind<String> NAMESPACE = matching("a namespace", "web", "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    static final Kind<String> HOST_NAME = matching(
            "a host name of lower-case letters",
            "argocd.home.arpa",
            "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    static final Kind<String> REPOSITORY =
            Kind.of("a Git repository", "write one such as https://git.example/home.git", Gitops::requireRepository);
    static final Kind<String> FOLDER =
            Kind.of("a folder in the repository", "write one such as clusters/home", Gitops::requirePath);
    static final Kind<String> APPLICATION =
            Kind.of("the name of an Application", "write one such as root", Gitops::requireName);
    static final Kind<String> REVISION =
            matching("a branch, tag or commit", "main", "[A-Za-z0-9][A-Za-z0-9._/-]{0,200}");
    static final Kind<Placement.Chosen> PODS = Kind.of(
            "pods of a namespace",
            "write one such as monitoring/prometheus, or monitoring/app.kubernetes.io/name=prometheus",
            Placement.Chosen::parse);
    static final Kind<String> CHECK = matching("a check of doctor", "HOST-007", "[A-Z0-9]{2,8}-\\d{3}");
    static final Kind<LocalDate> DAY = Kind.of("a day", "write one such as 2027-03-31", Kinds::day);
    static final Kind<Integer> WAVE = Kind.of("a wave", "write a number from 0 to 1000", Kinds::wave);
    static final Kind<String> POLICY = words("a policy", new String[] {"Local", "Cluster"}, Function.identity());
    static final Kind<String> REMOTE_PATH = matching("an absolute path", "/srv/snapshots", "/[^\\p{Cntrl}]{0,200}");
    static final Kind<String> DATA_PATH = matching("an absolute path", "/mnt/ssd", "(/[A-Za-z0-9._-]{1,100}){1,10}");
    static final Kind<String> BACKUP_TARGET = Kind.of(
            "a backup target",
            "write s3://BUCKET@REGION/ or nfs://HOST:/PATH",
            text -> Kinds.matched(
                    text,
                    "s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]@[a-z0-9-]{1,40}(/[A-Za-z0-9._/-]{0,200})?"
                            + "|nfs://[A-Za-z0-9.:\\[\\]-]{1,200}:/[A-Za-z0-9._/-]{0,200}"));
    static final Kind<Backup.Place> BACKUP_PLACE =
            Kind.of("a folder of a node", "write one such as jarvis:/srv/backup", Kinds::backupPlace);
    static final Kind<String> BACKUP_VOLUMES = matching(
            "a choice of volumes",
            "all, web or web/data",
            "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(/[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?)?");
    static final Kind<String> TIME_OF_DAY = matching("a time of day", "03:30", "([01][0-9]|2[0-3]):[0-5][0-9]");
    static final Kind<String> NFS_OPTIONS = matching(
            "mount options of NFS", "soft,timeo=330,retrans=3", "[a-z]+(=[a-z0-9.]+)?(,[a-z]+(=[a-z0-9.]+)?)*");
    static final Kind<URI> URL =
            Kind.of("a web address", "write one such as https://github.com/k3s-io/k3s/releases/download", Kinds::web);

    static final Kind<String> S3_REGION = matching("a region of S3", "eu-central-1", "[a-z0-9-]{1,40}");
    static final Kind<URI> ENDPOINT =
            Kind.of("an address of a registry", "write one such as https://10.0.1.5:5000", Kinds::web);
    static final Kind<URI> PROXY = Kind.of(
            "the address of a proxy",
            "write http://HOST:PORT; one with a login is a secret: {env: NAME} or {file: PATH}",
            Kinds::web);
    static final Kind<String> DIRECT =
            matching("a name, domain, address or network", ".home.arpa", "[A-Za-z0-9.*:/_-]{1,253}");

    private static final Pattern RELEASE = Pattern.compile("v?(\\d+\\.\\d+\\.\\d+(?:-rc\\d+)?)[-+_.](k3s\\d+)");

    private Kinds() {}

    private static Backup.Place backupPlace(String text) {
        if (!text.matches("[^:]+:(/[A-Za-z0-9._-]{1,100}){1,10}")) {
            throw new IllegalArgumentException("'" + text + "' is not a node and, behind a colon, a folder");
        }
        String[] parts = text.split(":", 2);
        return new Backup.Place(new NodeName(parts[0]), parts[1]);
    }

    private static <T> Kind<T> words(String noun, T[] values, Function<T, String> word) {
        return Kind.choice(noun, Arrays.stream(values).collect(Collectors.toMap(word, Function.identity())));
    }

    private static Kind<String> matching(String noun, String example, String pattern) {
        return Kind.of(noun, "write one such as " + example, text -> {
            if (!text.matches(pattern)) {
                throw new IllegalArgumentException("'" + text + "' is not " + noun);
            }
            return text;
        });
    }

    private static String matched(String text, String pattern) {
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException(
                    "it is neither an S3 bucket with its region nor a folder of an NFS server");
        }
        return text;
    }

    private static int number(String text, int most) {
        if (!text.matches("[1-9]\\d{0,8}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("'" + text + "' is not a number from 1 to " + most);
        }
        return Integer.parseInt(text);
    }

    private static int wave(String text) {
        if (!text.matches("0|[1-9]\\d{0,2}|1000")) {
            throw new IllegalArgumentException("'" + text + "' is not a number from 0 to 1000");
        }
        return Integer.parseInt(text);
    }

    /** What is wrong here may be the secret itself, so it is not repeated. */
    private static String variable(String text) {
        if (!text.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("it is to be letters, digits and '_'");
        }
        return text;
    }

    private static URI web(String text) {
        if (text.contains("@")) {
            throw new IllegalArgumentException("it holds a login; an inventory holds no secrets");
        }
        URI uri = URI.create(text);
        if (!List.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException("'" + text + "' does not begin with https:// or http:// and a host");
        }
        return URI.create(text.replaceAll("/+$", ""));
    }

    /** The network that the address is in, when only the bits behind the prefix are wrong. */
    private static String network(String text) {
        int slash = text.indexOf('/');
        try {
            int bits = Integer.parseInt(text.substring(slash + 1));
            return "did you mean " + Cidr.around(Ip.parse(text.substring(0, Math.max(0, slash))), bits) + "?";
        } catch (IllegalArgumentException e) {
            return "write one such as 10.0.1.0/24";
        }
    }

    private static String release(String text) {
        Matcher near = RELEASE.matcher(text);
        return near.matches()
                ? "did you mean v" + near.group(1) + "+" + near.group(2) + "?"
                : "write one tag of https://github.com/k3s-io/k3s/releases such as v1.33.4+k3s1";
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is none", e);
        }
    }
}
