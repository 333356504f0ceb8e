package homelab.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What {@code homelab artifacts} does. */
enum ArtifactsDeed {
    list,
    pull,
    verify,
    bundle,
    imports {
        @Override
        public String toString() {
            return "import";
        }
    },
    prune;

    static ArtifactsDeed of(String word) {
        for (ArtifactsDeed deed : values()) {
            if (deed.toString().equals(word)) {
                return deed;
            }
        }
        Near.refuseUnknown(List.of(word), words(), "artifacts cannot", "homelab artifacts --help");
        throw new IllegalStateException(word);
    }

    private static List<String> words() {
        return Arrays.stream(values()).map(ArtifactsDeed::toString).toList();
    }

    /** For completion. */
    static final class Words extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Words() {
            super(words());
        }
    }
}
