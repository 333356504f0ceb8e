package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each way into a host of a real home, against real OpenSSH and real sudo, by the program as it is started by hand: facts
 * and a plan come of it, or the refusal says what is to be done. All the while neither password nor passphrase is seen in
 * the arguments or the environment of any process on the hosts, nor in anything that homelab printed. Run by hand; what has
 * passed is kept in {@code target/soak}.
 */
@ExtendWith(InLab.class)
@Timeout(300)
class SshWaysSoak {
    private static final SoakTable TABLE = SoakTable.of("ssh-ways");
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final List<String> SHELLS = List.of("fish", "tcsh");

    private static Lab lab;
    private static Path folder;
    private static SlowLink far;
    private static final AtomicInteger LOOKS = new AtomicInteger();

    @BeforeAll
    static void twoBareHosts(Labs labs) {
        lab = labs.own("ways", "jarvis:server,ultron:agent");
        folder = InLab.user(lab, "SshWaysSoak").folder();
        far = SlowLink.to(lab.address(Lab.AGENT), 22, Duration.ofMillis(150));
        // What a lab host does not have; where there is nowhere to have it from, its rows are skipped.
        Said.by(Duration.ofMinutes(5), "bash", "-c", """
                cd %s && apt-get update -qq && apt-get download -qq fish fish-common libpcre2-32-0 tcsh
                for deb in *.deb; do docker cp -q $deb homelab-%2$s-ultron:/root/; done
                docker exec homelab-%2$s-ultron sh -c 'dpkg -i --force-depends /root/*.deb'
                """.formatted(folder, lab.name()));
    }

    @AfterAll
    static void close() {
        if (far != null) {
            far.close();
        }
        System.err.println("processes looked at for canaries: " + LOOKS);
    }

    static List<WayIn> ways() {
        return WaysIn.all();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void leadsIn(WayIn way) throws Exception {
        assumeFalse(TABLE.has(way.title()), "has passed");
        for (String shell : SHELLS) {
            boolean needed = way.title().startsWith(shell + " ");
            assumeFalse(
                    needed && lab.tried(Lab.AGENT, "test -x /usr/bin/" + shell).exit() != 0,
                    "no " + shell + " was to be had");
        }
        lab.on(Lab.AGENT, way.made());
        try {
            long began = System.nanoTime();
            Said facts = run(way, "facts");
            long took = (System.nanoTime() - began) / 1_000_000;
            expect(way, facts);
            if (way.seen().contains(WayIn.IN)) {
                assertThat(run(way, "plan").out() + "").contains("differ on " + lab.name());
            }
            lab.on(Lab.AGENT, way.undone());
            TABLE.keep("| " + way.title() + " | " + told(way, facts) + " | " + took + " ms |\n");
        } catch (AssertionError e) {
            Said.by(SOON, "docker", "exec", "homelab-" + lab.name() + "-ultron", "sh", "-c", way.undone());
            throw e;
        }
    }

    private static void expect(WayIn way, Said said) {
        String all = (said.out() + said.err())
                .replaceAll("\\e\\[[0-9;]*[A-Za-z]", "")
                .replaceAll("\\s+", " ");
        for (String pattern : way.seen()) {
            assertThat(Pattern.compile(filled(pattern)).matcher(all).find())
                    .as("'" + pattern + "' in: " + all)
                    .isTrue();
        }
        assertThat(all).doesNotContain(WaysIn.PASSWORD, WaysIn.PASSPHRASE);
    }

    private static String told(WayIn way, Said facts) {
        return way.seen().contains(WayIn.IN)
                ? "in"
                : "told: " + way.seen().get(0).replaceAll("\\.\\*|\\\\", " ... ");
    }

    /** While it runs the host's processes are looked at, again and again. */
    private static Said run(WayIn way, String verb) throws Exception {
        CanaryWatch watch = CanaryWatch.on(lab, Lab.AGENT, folder);
        Said said = Said.by(SOON, "bash", "-c", shell(way, verb));
        LOOKS.addAndGet(watch.sawNone());
        return said;
    }

    private static String shell(WayIn way, String verb) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home/.ssh")).getParent();
        Files.writeString(home.resolve(".ssh/config"), filled(way.config()));
        Files.copy(lab.state().resolve("known_hosts"), known(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("inventory.yaml"), inventory(way));
        String command = "cli/homelab " + verb + " -v -i " + folder.resolve("inventory.yaml");
        String environment = "export HOME=" + home + " XDG_STATE_HOME=" + folder + "/state XDG_CACHE_HOME="
                + System.getenv().getOrDefault("XDG_CACHE_HOME", System.getenv("HOME") + "/.cache")
                + " TERM=xterm COLUMNS=400; unset SSH_AUTH_SOCK; ";
        String begin = environment + filled(way.before()) + "; ";
        if (way.typed().isEmpty()) {
            return begin + command;
        }
        // Typed when it is asked for: what is typed before is echoed.
        String asked = folder.resolve("terminal").toString();
        return begin + "rm -f " + asked + "; { for i in $(seq 300); do grep -qs 'assword\\|assphrase of' " + asked
                + " && break; sleep 0.2; done; sleep 0.5; printf '%s\\n' " + String.join(" ", way.typed())
                + "; sleep 5; } | script -qfec '" + command + "' " + asked;
    }

    private static String inventory(WayIn way) throws IOException {
        String lan = lab.address(Lab.AGENT);
        String text = Files.readString(lab.inventory());
        String defaults =
                way.defaults().isEmpty() ? "{}" : "\n  " + way.defaults().replace("\n", "\n  ");
        return text.substring(0, text.indexOf("ssh:\n"))
                + "ssh:\n  known-hosts: " + known()
                + "\ndefaults: " + filled(defaults)
                + "\nnodes:\n  jarvis: {address: " + lab.address(Lab.SERVER) + ", role: server, user: pi, key: "
                + lab.state() + "/id_ed25519, host-keys: accept-new}\n"
                + "  ultron: {node-ip: " + lan + ", role: agent, " + filled(way.node()) + "}\n";
    }

    private static Path known() {
        return folder.resolve("known_hosts");
    }

    private static String filled(String text) {
        return text.replace("ADDRESS", lab.address(Lab.AGENT))
                .replace("JUMP", lab.address(Lab.SERVER))
                .replace("KEYS", lab.state().toString())
                .replace("KNOWN", known().toString())
                .replace("FAR", "" + far.port());
    }
}
