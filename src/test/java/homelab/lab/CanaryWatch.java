package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks at arguments and environment of all processes of a host, again and again, for texts that begin with "canary-of-".
 * A proxy's login can be told to k3s by its environment alone, and so stands in that of the host's own processes, and of
 * runc until it has become what runs in a pod; there it counts like any other, but for the jobs of the Helm that k3s
 * brings along: it hands its proxy on to them.
 */
final class CanaryWatch {
    private static final String WATCH = """
            looks=0 found=0 own=$(readlink /proc/1/ns/mnt)
            while [ -e /run/watched ]; do
              for p in /proc/[0-9]*; do
                looks=$((looks + 1))
                if tr '\\0' ' ' 2>/dev/null <$p/cmdline | grep -q 'canary-of[-]'; then found=$((found + 1)); tr '\\0' ' ' <$p/cmdline >&2; fi
                if grep -q 'canary-of[-]' $p/environ 2>/dev/null; then
                  pass='no such line'
                  comm=$(cat $p/comm 2>/dev/null)
                  case $(readlink $p/ns/mnt)/$comm in
                    "$own"/* | */runc* | */run | */helm) pass='^HTTPS_PROXY=http://tony:canary-of[-]the-proxy' ;;
                  esac
                  if tr '\\0' '\\n' 2>/dev/null <$p/environ | grep 'canary-of[-]' | grep -qv "$pass"; then
                    found=$((found + 1)); echo "environ of $p $comm" >&2
                  fi
                fi
              done
            done
            echo "$looks $found"
            """;

    private final Lab lab;
    private final String node;
    private final Path out;
    private final Process watch;

    private CanaryWatch(Lab lab, String node, Path out, Process watch) {
        this.lab = lab;
        this.node = node;
        this.out = out;
        this.watch = watch;
    }

    static CanaryWatch on(Lab lab, String node, Path folder) {
        try {
            lab.on(node, "touch /run/watched");
            Path out = Files.createTempFile(folder, "watch", ".out");
            List<String> command =
                    List.of("docker", "exec", "-i", "homelab-" + lab.name() + "-" + node, "sh", "-c", WATCH);
            Process watch = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            return new CanaryWatch(lab, node, out, watch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it; nothing may have been seen. @return how many processes were looked at */
    int sawNone() {
        try {
            lab.on(node, "rm /run/watched");
            watch.waitFor();
            String told = Files.readString(out).strip();
            String[] counted = told.split(" ");
            assertThat(counted).as(told).hasSize(2);
            assertThat(counted[1]).as("canaries on " + node).isEqualTo("0");
            return Integer.parseInt(counted[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
