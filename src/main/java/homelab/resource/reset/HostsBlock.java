package homelab.resource.reset;

import homelab.resource.FileWrite;
import homelab.resource.Sh;
import java.time.Duration;

/** Lines of homelab between its markers in a file of others, gone; all other bytes stay. */
public final class HostsBlock {

    private HostsBlock() {}

    /** @param name the block's, as its markers have it */
    public static Gone gone(String path, String name) {
        String begin = Sh.quote("# homelab: begin " + name);
        String end = Sh.quote("# homelab: end " + name);
        String look = "if grep -qsxF -e " + begin + " " + Sh.quote(path) + "; then printf '%s\\ta block of homelab\\n' "
                + Sh.quote(path) + "; fi\n";
        return Gone.of(
                "block " + name + " in " + path,
                look,
                "without it",
                FileWrite.PUT + """
                f=%s
                b=$(grep -nxF -e %s "$f" | head -n 1 | cut -d: -f1) e=$(grep -nxF -e %s "$f" | head -n 1 | cut -d: -f1)
                if [ -z "$b" ] || [ -z "$e" ] || [ "$b" -ge "$e" ]; then
                  echo "$f: the marker lines '# homelab: begin' and 'end' are not one pair; mend them by hand" >&2
                  exit 1
                fi
                sed "${b},${e}d" "$f" | put "$f" "$(stat -Lc %%a "$f")" "$(stat -Lc %%U:%%G "$f")"
                """.formatted(Sh.quote(path), begin, end),
                Duration.ofMinutes(1));
    }
}
