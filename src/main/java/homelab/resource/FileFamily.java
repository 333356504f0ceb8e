package homelab.resource;

import homelab.probe.Answer;
import homelab.probe.Family;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at files together: one stat and one cat for all that are there. It prints a line for each file, numbered from 1
 * and else as {@link FileLook} has it, then {@code data} and the bytes of those that are shown.
 *
 * @param below the size in bytes from which on a file is not shown; 0 for those whose text is not asked for
 */
record FileFamily(String name, int below) implements Family {
    static final FileFamily SHOWN = new FileFamily("files", 65536);
    static final FileFamily UNREAD = new FileFamily("unread files", 0);

    private static final String LOOK = """
            i=0; all=$#; kept=
            while [ "$i" -lt "$all" ]; do
              f=$1; shift; i=$((i + 1))
              if [ ! -e "$f" ]; then echo "$i absent"
              elif [ ! -f "$f" ]; then echo "$i other $(stat -Lc %F "$f")"
              elif [ -r "$f" ]; then set -- "$@" "$f"; kept="$kept$i "; fi
            done
            told=
            [ $# = 0 ] || told=$(stat -Lc '%s %a %U:%G' "$@") || exit 1
            while read -r size mode owner; do
              [ -n "$size" ] || continue
              f=$1; shift; i=${kept%% *}; kept=${kept#* }
              if [ "$size" -lt BELOW ]; then echo "$i text $size $mode $owner"; set -- "$@" "$f"
              else sum=$(sha256sum <"$f") && echo "$i file $size $mode $owner ${sum%% *}"; fi
            done <<TOLD
            $told
            TOLD
            echo data
            [ $# = 0 ] || exec cat "$@"
            """;

    @Override
    public String shell(List<String> words) {
        return "set -- " + Sh.quote(words) + "\n" + LOOK.replace("BELOW", "" + below);
    }

    @Override
    public Map<String, Answer> divide(Answer whole, List<String> words) {
        Told told = new Told(whole.out());
        Map<String, String> heads = new HashMap<>();
        for (String line = told.line(); !line.equals("data"); line = told.line()) {
            String[] numbered = line.split(" ", 2);
            heads.put(words.get(Integer.parseInt(numbered[0]) - 1), numbered[1]);
        }
        Map<String, Answer> answers = new HashMap<>();
        words.forEach(word -> Optional.ofNullable(heads.get(word))
                .ifPresent(head -> told.bytes(shown(head)).ifPresent(body -> answers.put(word, answer(head, body)))));
        return answers;
    }

    private static int shown(String head) {
        return head.startsWith("text ") ? Integer.parseInt(head.split(" ", 3)[1]) : 0;
    }

    /** As the look at this file alone has it. */
    private static Answer answer(String head, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes((head + "\n").getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return new Answer(0, all.toByteArray(), false);
    }

    /** Reads lines and bytes one after another; past the end there are no bytes, and no line but an error. */
    private static final class Told {
        private final byte[] out;
        private int at;

        Told(byte[] out) {
            this.out = out;
        }

        String line() {
            int begin = at;
            while (out[at] != '\n') {
                at++;
            }
            return new String(out, begin, at++ - begin, StandardCharsets.UTF_8);
        }

        Optional<byte[]> bytes(int size) {
            int begin = at;
            at += size;
            return at <= out.length ? Optional.of(Arrays.copyOfRange(out, begin, at)) : Optional.empty();
        }
    }
}
