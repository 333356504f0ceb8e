package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster begins where there is no internet, out of one file that was carried there, and ends without a trace. */
@ExtendWith(InLab.class)
@Timeout(400)
class EndsStory {
    private static final String ARCH = System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
    private static final Pattern SUMS = Pattern.compile("its SHA-256 is ([0-9a-f]{64}), and ([0-9a-f]{64}) was wanted");

    @Test
    void aBundleMakesAClusterWithoutInternetAndResetLeavesNothingOfIt(Lab lab, Homelab homelab) throws IOException {
        lab.bare();
        lab.used();
        Homelab far = carried(homelab);

        try (AirGap gap = AirGap.around(lab)) {
            Map<String, Traces> bare = traces(lab);
            Launched.shell(far, gap.within("$HOMELAB bootstrap --yes -i $INVENTORY"))
                    .ok();

            assertThat(gap.counted().values()).as("%s", gap.counted()).containsOnly(0);
            Launched.shell(far, gap.within("bash -c 'echo x >/dev/udp/192.0.2.77/9'"))
                    .ok();
            assertThat(gap.counted()).as("what counts can count").containsEntry("here", 1);
            refusesWhatItShould(far, lab);
            Run reset = far.run("reset", "--all", "--cluster", lab.name());

            assertThat(reset.exit()).as(reset.err()).isEqualTo(Exit.DONE);
            bare.forEach((node, was) ->
                    assertThat(Traces.of(lab, node).beyond(was)).as(node).isEmpty());
            assertThat(far.run("reset", "--all", "--cluster", lab.name()).out()).startsWith("nothing to do");
        }
    }

    private static Map<String, Traces> traces(Lab lab) {
        Map<String, Traces> traces = new TreeMap<>();
        lab.nodeNames().forEach(node -> traces.put(node, Traces.of(lab, node)));
        return traces;
    }

    /** A user elsewhere, with an empty cache and a bundle. */
    private static Homelab carried(Homelab near) throws IOException {
        String bundle = near.folder().resolve("bundle.zip").toString();
        assertThat(near.run("artifacts", "pull", "--arch", ARCH).exit()).isEqualTo(Exit.DONE);
        assertThat(near.run("artifacts", "bundle", bundle).exit()).isEqualTo(Exit.DONE);
        Homelab far = near.with("XDG_CACHE_HOME", near.folder().resolve("far"));
        builtAsHere(near, far);

        Run refused = far.run("artifacts", "import", tampered(Path.of(bundle)).toString());
        assertThat(refused.exit()).isEqualTo(Exit.FAILED);
        Matcher sums = SUMS.matcher(refused.err().replaceAll("\\s+", " "));
        assertThat(sums.find()).as(refused.err()).isTrue();
        assertThat(sums.group(1)).isNotEqualTo(sums.group(2));

        Run taken = far.run("artifacts", "import", bundle);
        assertThat(taken.exit()).as(taken.err()).isEqualTo(Exit.DONE);
        return far;
    }

    /** The program is there already; only what it is to install was carried. */
    private static void builtAsHere(Homelab near, Homelab far) throws IOException {
        Path there = Files.createDirectories(Path.of(far.env().get("XDG_CACHE_HOME"), "homelab"));
        Files.createSymbolicLink(there.resolve("jar"), Path.of(near.env().get("XDG_CACHE_HOME"), "homelab", "jar"));
    }

    private static Path tampered(Path bundle) throws IOException {
        Path bad = bundle.resolveSibling("tampered.zip");
        Files.copy(bundle, bad);
        try (var file = new java.io.RandomAccessFile(bad.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int is = file.read();
            file.seek(file.length() / 2);
            file.write(is ^ 1);
        }
        return bad;
    }

    private static void refusesWhatItShould(Homelab user, Lab lab) {
        assertThat(user.run("reset", Lab.SERVER, "--cluster", lab.name()).err()).contains("is the only server of");
        String ca = "/var/lib/rancher/k3s/agent/server-ca.crt";
        lab.on(Lab.AGENT, "cp -p " + ca + " /root/ca; echo >>" + ca);
        Run foreign = user.run("reset", "--all", "--cluster", lab.name());
        lab.on(Lab.AGENT, "cat /root/ca >" + ca + "; rm /root/ca");
        assertThat(foreign.exit()).isEqualTo(Exit.REFUSED);
        assertThat(foreign.err()).contains(Lab.AGENT + ": belongs to another cluster");
        assertThat(user.run("reset", "--all").exit())
                .as("nobody typed the name")
                .isEqualTo(Exit.REFUSED);
    }
}
