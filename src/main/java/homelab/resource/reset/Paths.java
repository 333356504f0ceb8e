package homelab.resource.reset;

import homelab.resource.Sh;
import java.time.Duration;
import java.util.List;

/**
 * Files and folders that are no more. A folder is emptied without ever leaving its own file system: what is still mounted
 * below it, a share of somebody else's files, is not descended into and makes the step fail.
 */
public final class Paths {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** A folder that is a disk of its own stays, empty. */
    private static final String THERE = """
            there() {
              [ -e "$1" ] || [ -L "$1" ] || return 1
              if [ -d "$1" ] && [ ! -L "$1" ] && mountpoint -q "$1"; then
                [ -n "$(find "$1" -xdev -mindepth 1 ! -name lost+found -print -quit)" ]
              fi
            }
            """;

    private Paths() {}

    /**
     * @param paths files, links or folders with all that they hold
     * @param parents folders that go when nothing is left in them
     * @param effect sh that is run when they are gone
     */
    public static Gone gone(String id, List<String> paths, List<String> parents, String effect) {
        String look = THERE + "for f in " + Sh.quote(paths)
                + "; do if there \"$f\"; then printf '%s\\tthere\\n' \"$f\"; fi; done\n:\n";
        return Gone.of(id, look, "absent", script(paths, parents, effect), LIMIT);
    }

    /** The cluster's data, with what of it is not had anywhere else. */
    public static Gone data(List<String> paths, List<String> parents) {
        String look = THERE + """
                for f in %s; do
                  there "$f" || continue
                  note=
                  if [ "$f" = /var/lib/rancher/k3s ]; then
                    s=$(ls -A "$f/server/db/snapshots" 2>/dev/null | wc -l) v=$(ls -A "$f/storage" 2>/dev/null | wc -l)
                    [ "$s" = 0 ] || note=", with $s snapshots of etcd"
                    [ "$v" = 0 ] || note="$note, with $v volumes of local-path"
                  fi
                  printf '%%s\\tthere%%s\\n' "$f" "$note"
                done
                :
                """.formatted(Sh.quote(paths));
        return Gone.of("data of k3s", look, "absent", script(paths, parents, ""), LIMIT);
    }

    /** Links of these names to the program, and none that lead elsewhere. */
    public static Gone links(String folder, List<String> names, String program) {
        String ours = "cd " + Sh.quote(folder) + " 2>/dev/null || exit 0\nfor f in " + Sh.quote(names)
                + "; do\n  case $(readlink \"$f\" 2>/dev/null) in\n    " + program + " | " + folder + "/" + program
                + ") ";
        return Gone.of(
                "links to " + program,
                ours + "printf '%s/%s\\ta link to " + program + "\\n' " + Sh.quote(folder)
                        + " \"$f\" ;;\n  esac\ndone\n:\n",
                "absent",
                ours + "rm -f \"$f\" ;;\n  esac\ndone\n",
                LIMIT);
    }

    /**
     * What any containerd and kubelet make wherever they start. As long as a program of that name runs it is that one's.
     *
     * @param empty folders that go when there is nothing but folders in them
     * @param volatile folders that go with all that is in them
     */
    public static Gone unowned(List<String> empty, List<String> volatileOnes, String owner) {
        String each = """
                if grep -lsx %s /proc/[0-9]*/comm | grep -q .; then exit 0; fi
                left() {
                  for f in %s; do if [ -d "$f" ] && [ -z "$(find "$f" -xdev ! -type d -print -quit)" ]; then echo "$f"; fi; done
                  for f in %s; do if [ -d "$f" ]; then echo "$f"; fi; done
                }
                """.formatted(Sh.quote(owner), Sh.quote(empty), Sh.quote(volatileOnes));
        return Gone.of(
                "folders of " + owner,
                each + "left | sed 's/$/\\tthere/'\n",
                "absent",
                each + "left | while read -r f; do find \"$f\" -xdev -depth -delete || exit 1; done\n",
                LIMIT);
    }

    private static String script(List<String> paths, List<String> parents, String effect) {
        return THERE + """
                for f in %s; do
                  there "$f" || continue
                  if [ -d "$f" ] && [ ! -L "$f" ]; then
                    find "$f" -xdev -mindepth 1 -depth -delete || exit 1
                    mountpoint -q "$f" || rmdir "$f" || exit 1
                  else
                    rm -f "$f" || exit 1
                  fi
                done
                for d in %s; do [ ! -d "$d" ] || mountpoint -q "$d" || rmdir "$d" 2>/dev/null || :; done
                """.formatted(Sh.quote(paths), Sh.quote(parents)) + effect + "\n";
    }
}
