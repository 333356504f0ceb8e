package homelab.phase.harden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that takes dead sandboxes away on a host that is alone; `decide` and `act` are stood in for. */
class ReapTest {
    @TempDir
    private Path root;

    private HostDouble host;

    @BeforeEach
    void aNodeThatIsReady() throws IOException {
        host = new HostDouble(root)
                .program("k3s", """
                        case $* in
                          *whoami*) echo system:node:ultron ;;
                          *'get node ultron'*) [ -e %1$s/ready-later ] && rm %1$s/ready-later && echo "old True" && exit
                            echo "$(cat /proc/sys/kernel/random/boot_id) True" ;;
                        esac""".formatted(root))
                .program("sleep", "echo \"$1\" >>" + root + "/slept");
        host.keep("here/evidence", "echo end\n");
        host.keep(
                "here/decide",
                "END { print \"remove aaaaaaaaaaaaaaaa A barred u-1\"; print \"ask bbbbbbbbbbbbbbbb A once u-2\" }\n");
        host.keep("here/act", "cat >>" + root + "/acted\n");
    }

    private HostDouble.Ran reap(String shell) throws Exception {
        return host.run(
                shell,
                "reap",
                "7",
                Map.of(
                        "HOMELAB_HERE", root + "/here",
                        "HOMELAB_STATE", root + "/state",
                        "HOMELAB_RUN", root + "/run"));
    }

    private void earlierBoots(int many) throws IOException {
        StringBuilder boots = new StringBuilder();
        for (int i = 0; i < many; i++) {
            boots.append("boot-").append(i).append('\n');
        }
        host.keep("state/boots-not-ready", boots.toString());
        host.keep("run/here", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void doesWhatWasDecidedAndTellsWhatItLeft(String shell) throws Exception {
        earlierBoots(2);

        HostDouble.Ran ran = reap(shell);

        assertThat(ran.exit()).as(ran.said()).isZero();
        assertThat(host.text("acted")).contains("remove aaaaaaaaaaaaaaaa A barred u-1");
        assertThat(ran.said())
                .contains("<5>removes aaaaaaaaaaaa of pod u-1: class A, barred")
                .contains("<4>leaves bbbbbbbbbbbb of pod u-2");
        assertThat(root.resolve("state/boots-not-ready")).as("it became Ready").doesNotExist();
        assertThat(root.resolve("run")).isDirectoryNotContaining("glob:**homelab-reap*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void takesNoReadyOfAnEarlierBootForThisOne(String shell) throws Exception {
        earlierBoots(0);
        host.keep("ready-later", "");

        reap(shell);

        assertThat(host.text("slept").lines()).containsExactly("10", "7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void doesNothingButSaySoAfterThreeBootsThatNeverBecameReady(String shell) throws Exception {
        earlierBoots(3);

        HostDouble.Ran ran = reap(shell);

        assertThat(ran.said()).contains("<2>in the last 3 boots this node never became Ready");
        assertThat(host.text("acted")).isEmpty();
        assertThat(root.resolve("state/boots-not-ready"))
                .as("this boot became Ready")
                .doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void actsOnNothingWhenTheEvidenceBreaksOff(String shell) throws Exception {
        earlierBoots(0);
        host.keep("here/decide", "END { print \"remove aaaaaaaaaaaaaaaa A barred u-1\"; exit 1 }\n");

        HostDouble.Ran ran = reap(shell);

        assertThat(ran.said()).contains("<4>what dead pods left could not be seen");
        assertThat(host.text("acted")).isEmpty();
    }
}
