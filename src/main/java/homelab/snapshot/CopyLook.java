package homelab.snapshot;

import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How sealed copies are found on a node. */
public final class CopyLook {
    /** The folders there into which copies were brought, other than the usual one; a line each. */
    public static final String FOLDERS = "/var/lib/homelab/snapshot-folders";

    private CopyLook() {}

    /** In every folder that is known there. */
    public static Probe<List<Copy>> all(NodeName node) {
        return probe(
                node,
                "known folders",
                "{ echo " + Place.OnNode.USUAL + "; cat " + FOLDERS + " 2>/dev/null; } | sort -u");
    }

    /** In one folder. */
    public static Probe<List<Copy>> in(Place.OnNode place) {
        return probe(place.node(), place.folder(), "echo " + Word.quoted(place.folder()));
    }

    private static Probe<List<Copy>> probe(NodeName node, String where, String folders) {
        return Probe.of(
                "sealed copies:" + where,
                folders + """
                 | while IFS= read -r folder; do
                  for file in "$folder"/*%1$s; do
                    if [ ! -f "$file" ]; then continue; fi
                    echo "copy $(stat -c '%%Y %%s' "$file") $file"
                    cat "$file%2$s" 2>/dev/null || :
                  done
                done
                """.formatted(Copy.END, CopyNote.END),
                answer -> parse(node, answer));
    }

    private static List<Copy> parse(NodeName node, Answer answer) {
        if (!answer.ok() || answer.cut()) {
            throw new IllegalStateException("the folders of sealed copies cannot be read");
        }
        List<Copy> copies = new ArrayList<>();
        for (String one : answer.text().split("(^|\n)copy (?=\\d+ \\d+ /)")) {
            if (!one.isBlank()) {
                copies.add(copy(node, one.split("\n", 2)));
            }
        }
        return copies;
    }

    private static Copy copy(NodeName node, String[] fileAndNote) {
        String[] words = fileAndNote[0].split(" ", 3);
        int slash = words[2].lastIndexOf('/');
        Optional<CopyNote> note = Optional.of(fileAndNote)
                .filter(parts -> parts.length == 2)
                .flatMap(parts -> CopyNote.parse(parts[1].stripTrailing()));
        return Copy.of(
                words[2].substring(slash + 1, words[2].length() - Copy.END.length()),
                new Place.OnNode(node, words[2].substring(0, slash)),
                Long.parseLong(words[1]),
                Instant.ofEpochSecond(Long.parseLong(words[0])),
                note);
    }
}
