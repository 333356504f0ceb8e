package homelab.recovery;

import homelab.probe.Probe;
import homelab.template.Templates;
import java.time.Duration;
import java.util.Collection;

/** The scripts that look for what dead pods left and take it away; the same files that a host keeps for when it is alone. */
public final class Scripts {
    private static final String FOLDER = "usr/local/lib/homelab/";

    /** Its programs have limits of their own; an emulated machine, slower than any Pi, took 188 s for all of it. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final int CAP = 4 * 1024 * 1024;

    private Scripts() {}

    /** What a host keeps of pods. */
    public static Probe<Evidence> evidence() {
        return new Probe<>(
                        "evidence of sandboxes",
                        Probe.LIFTED + "(\n" + text("evidence") + ")\n",
                        LIMIT,
                        answer -> EvidenceReader.read(answer.text()))
                .upTo(CAP);
    }

    /**
     * Looks again on the host, decides there again, and does what is among the confirmed: both decisions must want it.
     *
     * @param confirmed the first two words of the judgements that the user has seen
     */
    public static String act(Collection<String> confirmed, Wish wish) {
        return """
                t=$(mktemp -d /run/homelab-recover.XXXXXX) || exit 1
                trap 'rm -rf "$t"' EXIT
                trap 'exit 143' HUP INT TERM PIPE
                cat >"$t/evidence.sh" <<'HOMELAB-EVIDENCE'
                %sHOMELAB-EVIDENCE
                cat >"$t/decide" <<'HOMELAB-DECIDE'
                %sHOMELAB-DECIDE
                cat >"$t/act.sh" <<'HOMELAB-ACT'
                %sHOMELAB-ACT
                cat >"$t/confirmed" <<'HOMELAB-CONFIRMED'
                %s
                HOMELAB-CONFIRMED
                sh "$t/evidence.sh" >"$t/evidence" || exit 1
                awk -v completed=%d -v rerun='%s' -f "$t/decide" "$t/evidence" >"$t/decided" || {
                  echo 'what this host keeps of pods could not be seen again' >&2
                  exit 1
                }
                awk 'NR == FNR { ok[$1 " " $2] = 1; next } ($1 " " $2) in ok' "$t/confirmed" "$t/decided" | sh "$t/act.sh"
                """.formatted(
                        text("evidence"),
                        text("decide"),
                        text("act"),
                        String.join("\n", confirmed),
                        wish.completed() ? 1 : 0,
                        String.join(" ", wish.rerun()));
    }

    private static String text(String name) {
        return Templates.load(FOLDER + name).text();
    }
}
