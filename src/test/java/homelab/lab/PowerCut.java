package homelab.lab;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One cut of the power: whose, and what was being done. The same number is the same cut in every run.
 *
 * @param seconds how long it was being done, with no bearing on anything that goes on
 */
record PowerCut(int number, List<String> nodes, Doing doing, int seconds) {

    /** What goes on when the power goes. */
    enum Doing {
        NOTHING("idle", "true"),
        WRITING("writing", "true"),
        IMAGES("importing images", """
                for i in 1 2 3 4 5 6; do
                  for tar in /var/lib/rancher/k3s/agent/images/*.tar; do k3s ctr images import "$tar"; done
                done""");

        final String words;
        final String script;

        Doing(String words, String script) {
            this.words = words;
            this.script = script;
        }
    }

    static PowerCut of(int number) {
        Random random = new Random(444L * number);
        random.nextInt(); // the first of neighbouring seeds are alike
        List<List<String>> nodes = List.of(List.of(Lab.AGENT), List.of(Lab.SERVER), List.of(Lab.SERVER, Lab.AGENT));
        return new PowerCut(
                number,
                nodes.get(random.nextInt(nodes.size())),
                Doing.values()[random.nextInt(Doing.values().length)],
                5 + random.nextInt(25));
    }

    /** What is done to whom: power is a machine's to lose. */
    String words(Predicate<String> isMachine) {
        return nodes.stream()
                        .map(node -> (isMachine.test(node) ? "power cut of " : "kill of ") + node)
                        .collect(Collectors.joining(" and "))
                + " | " + doing.words;
    }
}
