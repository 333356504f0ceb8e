package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Readings;
import java.util.List;
import java.util.Optional;

/**
 * Lines of ours in a file that belongs to others: between two marker lines, replaced as a whole. All other bytes of the
 * file stay as they are.
 *
 * @param name what the block is, one word; part of the markers
 * @param make whether a file that is absent is made; otherwise the block is not for this host
 */
public record BlockInFile(String path, String name, List<String> lines, boolean make) implements Resource {

    public BlockInFile {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a block without lines");
        }
    }

    @Override
    public String id() {
        return "block " + name + " in " + path;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(FileLook.probe(path));
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(FileLook.probe(path)), this::looked);
    }

    private Status looked(FileLook look) {
        if (look instanceof FileLook.Absent && !make) {
            return new Status.NotHere("there is no " + path);
        }
        return look instanceof FileLook.Present || look instanceof FileLook.Absent
                ? judged(look)
                : new Status.Unknown(path + " is not a file");
    }

    private Status judged(FileLook look) {
        Optional<String> text = look instanceof FileLook.Present present ? present.text() : Optional.of("");
        if (text.isEmpty()) {
            return new Status.Unknown(path + " is too big to be read");
        }
        List<String> all = text.get().lines().toList();
        int begin = all.indexOf(begin());
        int end = all.indexOf(end());
        if (begin < 0) {
            return Status.drift(
                    Worst.CREATE, path, "no block of homelab", lines.size() + " lines: " + lines.get(0) + " …");
        }
        if (end < begin || all.lastIndexOf(begin()) > begin) {
            return Status.drift(
                    Worst.CHANGE, path, "a block of homelab without its end", "the end marked, or the begin deleted");
        }
        List<String> is = all.subList(begin + 1, end);
        return is.equals(lines)
                ? Status.SAME
                : new Status.Drift(
                        LineChanges.between(path, String.join("\n", is), String.join("\n", lines)), Worst.CHANGE);
    }

    private String begin() {
        return "# homelab: begin " + name;
    }

    private String end() {
        return "# homelab: end " + name;
    }

    /** Cuts by line numbers with head and tail, which leave carriage returns and a missing final newline alone. */
    @Override
    public Deed deed() {
        String block = begin() + "\n" + String.join("\n", lines) + "\n" + end() + "\n";
        return Deed.Shell.of("set -eu\n" + FileWrite.PUT
                + """
                f=%s
                line() { grep -asnxF -e "$1" "$f" | cut -d: -f1; }
                begin=$(line %s || true); end=$(line %s || true)
                case "$begin:$end" in
                  :) ;;
                  *[!0-9:]* | :* | *:) echo "$f: the marker lines '# homelab: begin' and 'end' are not one pair; mend them by hand" >&2; exit 1 ;;
                  *) [ "$begin" -lt "$end" ] || { echo "$f: the end marker comes before the begin" >&2; exit 1; } ;;
                esac
                around() {
                  if [ -n "$begin" ]; then head -n $((begin - 1)) "$f"; else cat "$f"; [ -z "$(tail -c 1 "$f")" ] || echo; fi
                  cat
                  [ -z "$end" ] || tail -n +$((end + 1)) "$f"
                }
                mode=0644; owner=root:root
                if [ -e "$f" ]; then mode=$(stat -Lc %%a "$f"); owner=$(stat -Lc %%U:%%G "$f"); else f=/dev/null; fi
                work=$(mktemp)
                trap 'rm -f "$work"' EXIT
                """.formatted(Sh.quote(path), Sh.quote(begin()), Sh.quote(end()))
                + Sh.feed(block, "around >\"$work\"")
                + "put " + Sh.quote(path) + " \"$mode\" \"$owner\" <\"$work\"\n");
    }
}
