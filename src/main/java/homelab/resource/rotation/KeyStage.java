package homelab.resource.rotation;

import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.K3sTrouble;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A stage of the rotation of the key of Secrets is reached, on the server where the rotation began. k3s does the work in
 * the server, so that whoever asked for it may go away, or give up waiting after 70 s as its own client does.
 *
 * @param before the name of the key of before
 */
public record KeyStage(Way way, String before) implements Resource {

    /** Stages as k3s has them, and what is reached with each (docs.k3s.io, "k3s secrets-encrypt"). */
    public enum Way {
        PREPARE("prepare", 1, "a new key beside it"),
        ROTATE("rotate", 2, "the new key writes"),
        REENCRYPT("reencrypt", 3, "all Secrets under the new key, alone"),
        /** All of them at once, which a server that is alone can do without being started again. */
        AT_ONCE("rotate-keys", 3, "all Secrets under a new key, alone");

        private final String word;
        private final int goal;
        private final String after;

        Way(String word, int goal, String after) {
            this.word = word;
            this.goal = goal;
            this.after = after;
        }

        /** Of {@link Encryption#reached}. */
        public int goal() {
            return goal;
        }
    }

    @Override
    public String id() {
        return "key of Secrets, " + way.word;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(Encryption.PROBE, SecretsHeld.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(Encryption.PROBE), is -> judged(is, readings.of(SecretsHeld.PROBE)));
    }

    private Status judged(Encryption is, Reading<SecretsHeld> held) {
        if (is.reached(before) >= way.goal) {
            return Status.SAME;
        }
        String far = held.known()
                .filter(secrets -> !is.key().equals(before))
                .map(secrets -> ", " + secrets.active() + " of " + secrets.all() + " Secrets under " + is.key())
                .orElse("");
        return Status.drift(Worst.CHANGE, "key of Secrets", is.key() + " (" + is.stage() + far + ")", way.after);
    }

    /**
     * A server that died in the midst tells the stage of before when it is back, and goes on only by force. k3s then drops the
     * last of its keys, be it the only one: so it is looked at twice that there is another, since the first look may fall into
     * the moment in which k3s itself comes to the end.
     */
    @Override
    public Deed deed() {
        return new Deed.Shell("""
                set -eu
                note=%1$s before=%2$s word=%3$s
                look() {
                  is=$(/usr/local/bin/k3s secrets-encrypt status -o json 2>/dev/null) || {
                    echo 'k3s does not tell how Secrets are encrypted' >&2; exit 1; }
                }
                field() { printf '%%s\\n' "$is" | sed -n 's/.*"'"$1"'": *"\\([^"]*\\)".*/\\1/p' | head -n 1; }
                at_it() { case $(field stage) in reencrypt_active | reencrypt_request) true ;; *) false ;; esac; }
                broke_off() { look; ! at_it && printf %%s "$is" | grep -q '"inactivekeys"'; }
                mkdir -p -m 755 /var/lib/homelab
                if [ ! -s "$note" ]; then printf '%%s\\n' "$before" >"$note.part"; sync; mv "$note.part" "$note"; sync; fi
                look
                if at_it; then exit 0; fi
                key=$(field activekey)
                if [ "$word" = rotate-keys ] && [ "${key##* }" != "$before" ]; then
                  broke_off || exit 0
                  sleep 3
                  broke_off || exit 0
                  word='reencrypt --force'
                fi
                said=$(/usr/local/bin/k3s secrets-encrypt $word 2>&1) || {
                  look
                  if at_it; then exit 0; fi
                  echo "$said" | tail -n 4 >&2; exit 1; }
                """.formatted(KeyNote.FILE, Sh.quote(before), way.word), Duration.ofMinutes(3));
    }

    /** Older releases write five Secrets a second (docs.k3s.io). */
    @Override
    public Duration patience() {
        return way.goal == 3 ? Duration.ofMinutes(30) : Duration.ofSeconds(30);
    }

    @Override
    public Optional<Probe<String>> diagnosis() {
        return Optional.of(K3sTrouble.probe("k3s"));
    }
}
