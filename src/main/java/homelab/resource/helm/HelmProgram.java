package homelab.resource.helm;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.List;

/**
 * The Helm program on a server, for homelab alone: a Helm that somebody put into the path is left as it is.
 *
 * @param version "v3.18.4"
 * @param archive the SHA-256 of the release archive that it comes from
 */
public record HelmProgram(String version, String archive) implements Resource {
    static final String PATH = "/usr/local/lib/homelab/helm";

    /**
     * By the SHA-256 of the release archive that each comes from.
     *
     * @param program "" when there is none, or when it is no longer the one that was put there
     * @param archive "" when there is none
     */
    record Look(String program, String archive) {}

    // The stamp says which archive the very file came from, so that 60 MB need not be hashed.
    static final Probe<Look> PROBE = Probe.of("helm program", """
            cd /usr/local/lib/homelab 2>/dev/null || { echo '- -'; exit 0; }
            stamp=$(cat helm.from 2>/dev/null)
            case $stamp in
              "$(stat -c '%s %Y %i' helm 2>/dev/null) "*) program=${stamp##* } ;;
              *) program=- ;;
            esac
            archive=-
            [ ! -e helm.tar.gz ] || { archive=$(sha256sum <helm.tar.gz); archive=${archive%% *}; }
            echo "$program $archive"
            """, HelmProgram::parse);

    private static Look parse(Answer answer) {
        String[] words = answer.text().strip().split(" ");
        if (!answer.ok() || words.length != 2) {
            throw new IllegalStateException("the program could not be looked at (exit code " + answer.exit() + ")");
        }
        return new Look(words[0].replace("-", ""), words[1].replace("-", ""));
    }

    @Override
    public String id() {
        return "helm " + version;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(PROBE), this::judged);
    }

    private Status judged(Look is) {
        return is.program().equals(archive)
                ? Status.SAME
                : Status.drift(Worst.CREATE, PATH, is.program().isEmpty() ? "absent" : "another release", version);
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("""
                set -eu
                cd /usr/local/lib/homelab
                echo "%s  helm.tar.gz" | sha256sum -c --quiet >&2
                trap 'rm -rf helm.part' EXIT
                rm -rf helm.part; mkdir -m 700 helm.part
                # Of a full disk tar says only how many bytes it wrote.
                tar -xzf helm.tar.gz -C helm.part || {
                  df -Pk . | awk 'NR == 2 && $4 < 1024 { print "No space left on " $6 ": helm needs about 60 MB" }' >&2
                  exit 1
                }
                chmod 0755 helm.part/linux-*/helm
                chown root:root helm.part/linux-*/helm
                sync
                mv -f helm.part/linux-*/helm helm
                echo "$(stat -c '%%s %%Y %%i' helm) %s" >helm.from
                rm -f helm.tar.gz
                """.formatted(archive, archive));
    }
}
