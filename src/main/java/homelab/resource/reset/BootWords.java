package homelab.resource.reset;

import homelab.resource.FileWrite;
import homelab.resource.Sh;
import java.time.Duration;
import java.util.List;

/**
 * The words that homelab put on the kernel's command line, taken off it again: those alone which the file had not when it
 * was first changed. What was added since stays. In effect from the next boot.
 */
public final class BootWords {

    private BootWords() {}

    /** @param files where the firmware may read it */
    public static Gone gone(List<String> files) {
        String look = "for f in " + Sh.quote(files)
                + "; do if [ -e \"$f.before-homelab\" ]; then printf '%s\\twith words of homelab\\n' \"$f\"; fi; done\n";
        return Gone.of(
                "kernel arguments",
                look,
                "without them, from the next boot",
                FileWrite.PUT + """
                for f in %s; do
                  before=$f.before-homelab
                  [ -e "$before" ] || continue
                  if [ -e "$f" ]; then
                    line=$(head -n 1 "$f")
                    for word in cgroup_memory=1 cgroup_enable=memory fsck.repair=yes; do
                      case " $(head -n 1 "$before") " in *" $word "*) continue ;; esac
                      line=$(printf ' %%s ' "$line" | sed "s/ $word / /; s/^ //; s/ *$//")
                    done
                    [ -n "$line" ] || { echo "$f would be empty" >&2; exit 1; }
                    { printf '%%s\\n' "$line"; tail -n +2 "$f"; } | put "$f" "$(stat -Lc %%a "$f")" '' || exit 1
                  fi
                  rm -f "$before"
                done
                """.formatted(Sh.quote(files)),
                Duration.ofMinutes(1));
    }
}
