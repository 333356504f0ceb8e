package homelab.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code ssh -G} answered: ssh_config(5)'s keywords in small letters, a line for each value. */
record SshSettings(Map<String, List<String>> values) {
    static final String UNSAID_USER = "homelab-unsaid";
    static final int UNSAID_PORT = 1;

    /** What ssh tries when nobody names a key. */
    private static final Set<String> USUAL = Set.of(
            "id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk", "id_xmss", "id_dsa", "id_mldsa44");

    static SshSettings parse(String text) {
        Map<String, List<String>> values = new HashMap<>();
        text.lines().filter(line -> line.contains(" ")).forEach(line -> {
            int space = line.indexOf(' ');
            values.computeIfAbsent(line.substring(0, space), key -> new ArrayList<>())
                    .add(line.substring(space + 1).strip());
        });
        return new SshSettings(values);
    }

    private Optional<String> one(String key) {
        return values.getOrDefault(key, List.of()).stream().findFirst();
    }

    String hostName() {
        return one("hostname").orElse("");
    }

    Optional<String> user() {
        return one("user").filter(user -> !user.equals(UNSAID_USER));
    }

    Optional<Integer> port() {
        return one("port").map(Integer::valueOf).filter(port -> port != UNSAID_PORT);
    }

    /** The keys that the user named, in their order; nothing when none was named. */
    List<String> identityFiles() {
        List<String> named = values.getOrDefault("identityfile", List.of()).stream()
                .filter(file -> !file.equals("none"))
                .toList();
        boolean usual =
                named.stream().allMatch(file -> file.startsWith("~/.ssh/") && USUAL.contains(file.substring(7)));
        return usual && named.size() > 1 ? List.of() : named;
    }

    boolean identitiesOnly() {
        return one("identitiesonly").filter("yes"::equals).isPresent();
    }

    Optional<String> identityAgent() {
        return one("identityagent");
    }

    /** The hops of ProxyJump in their order, as they are written. */
    List<String> jumps() {
        return one("proxyjump").filter(jump -> !jump.equals("none")).stream()
                .flatMap(jump -> Arrays.stream(jump.split(",")))
                .map(String::strip)
                .toList();
    }

    Optional<String> proxyCommand() {
        return one("proxycommand").filter(command -> !command.equals("none"));
    }

    Optional<String> hostKeyAlias() {
        return one("hostkeyalias");
    }

    boolean strict() {
        return one("stricthostkeychecking")
                .filter(Set.of("true", "yes")::contains)
                .isPresent();
    }

    List<Path> userKnownHosts(Path home) {
        return files("userknownhostsfile", home);
    }

    List<Path> globalKnownHosts(Path home) {
        return files("globalknownhostsfile", home);
    }

    private List<Path> files(String key, Path home) {
        return one(key).stream()
                .flatMap(line -> Arrays.stream(line.split(" ")))
                .filter(file -> !file.isEmpty() && !file.equals("none"))
                .map(file -> path(file, home))
                .collect(Collectors.toList());
    }

    static Path path(String file, Path home) {
        String plain = file.startsWith("\"") && file.endsWith("\"") && file.length() > 1
                ? file.substring(1, file.length() - 1)
                : file;
        return plain.startsWith("~/")
                ? home.resolve(plain.substring(2))
                : home.resolve(".ssh").resolve(plain);
    }
}
