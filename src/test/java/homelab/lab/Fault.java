package homelab.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One thing that is wrong in a house that was in order, and what doctor must say of it, and nothing else.
 *
 * @param verdict "FAIL", "WARN", or "UNKNOWN" where nothing better can be said
 * @param check that must give this verdict
 * @param below checks that may give worse verdicts too, and must then stand below the first as what follows from it
 * @param beside checks that may give worse verdicts too, and say so on their own
 * @param synthetic why it is no more than shown to doctor; empty when it is real
 * @param posing whether the hosts pass for machines of their own while it lasts, so that what is a machine's is judged
 * @param edit a text of the inventory and what stands there instead; empty where it stays
 */
record Fault(
        String title,
        String verdict,
        String check,
        List<Deed> deeds,
        Set<String> below,
        Set<String> beside,
        String synthetic,
        boolean posing,
        List<String> edit) {

    /** A script on a host, and the one that takes it back. */
    record Deed(String host, String script, String undo) {}

    static Fault fails(String check, String title) {
        return new Fault(title, "FAIL", check, List.of(), Set.of(), Set.of(), "", false, List.of());
    }

    static Fault unseen(String check, String title) {
        return new Fault(title, "UNKNOWN", check, List.of(), Set.of(), Set.of(), "", false, List.of());
    }

    static Fault warns(String check, String title) {
        return new Fault(title, "WARN", check, List.of(), Set.of(), Set.of(), "", false, List.of());
    }

    Fault on(String host, String script, String undo) {
        List<Deed> more = new ArrayList<>(deeds);
        more.add(new Deed(host, script, undo));
        return new Fault(title, verdict, check, more, below, beside, synthetic, posing, edit);
    }

    /** Objects of Kubernetes, each of which is new with it. */
    Fault objects(String yaml) {
        String file = "cat >/run/fault.yaml <<'YAML'\n" + yaml + "YAML\n";
        String apply = "k3s kubectl apply -f /run/fault.yaml";
        String delete = "k3s kubectl delete --ignore-not-found --timeout=60s --grace-period=1 -f /run/fault.yaml";
        return on(
                Lab.SERVER,
                file + apply + " || { sleep 2; " + apply + "; }", // a kind is known a moment after it was made
                file + delete);
    }

    /** @param undone words of kubectl that take it back */
    Fault kubectl(String done, String undone) {
        return on(Lab.SERVER, "k3s kubectl " + done, "k3s kubectl " + undone);
    }

    Fault below(String... checks) {
        return new Fault(title, verdict, check, deeds, Set.of(checks), beside, synthetic, posing, edit);
    }

    Fault beside(String... checks) {
        return new Fault(title, verdict, check, deeds, below, Set.of(checks), synthetic, posing, edit);
    }

    Fault synthetic(String why) {
        return new Fault(title, verdict, check, deeds, below, beside, why, posing, edit);
    }

    Fault asMachines() {
        return new Fault(title, verdict, check, deeds, below, beside, synthetic, true, edit);
    }

    /** The user says otherwise in the inventory. */
    Fault where(String from, String to) {
        return new Fault(title, verdict, check, deeds, below, beside, synthetic, posing, List.of(from, to));
    }

    Homelab user(Homelab homelab) {
        return edit.isEmpty() ? homelab : homelab.where(edit.get(0), edit.get(1));
    }

    @Override
    public String toString() {
        return title;
    }

    void put(Lab lab) {
        deeds.forEach(deed -> lab.on(deed.host(), deed.script()));
    }

    /** The last first. */
    void undo(Lab lab) {
        for (int at = deeds.size() - 1; at >= 0; at--) {
            lab.on(deeds.get(at).host(), deeds.get(at).undo());
        }
    }

    /** Whether this is what doctor must say. */
    boolean isIn(DoctorLook.Line line) {
        return line.check().equals(check) && line.verdict().equals(verdict);
    }

    /** Which of the findings that were not there before are none of its. */
    List<String> unrelated(List<DoctorLook.Line> news) {
        List<String> all = new ArrayList<>();
        for (DoctorLook.Line line : news) {
            boolean own = line.check().equals(check) || beside.contains(line.check());
            boolean follows = below.contains(line.check()) && follows(line, news);
            if (!own && !follows) {
                all.add(line.told());
            }
        }
        return all;
    }

    /** Below its check, or below what stands there. */
    private boolean follows(DoctorLook.Line line, List<DoctorLook.Line> news) {
        return line.because().startsWith(check + " ")
                || news.stream()
                        .anyMatch(one -> one.key().equals(line.because())
                                && one.because().startsWith(check + " "));
    }

    /** The checks that followed from it, in words. */
    String followed(List<DoctorLook.Line> news) {
        Set<String> checks = new TreeSet<>();
        news.stream()
                .filter(line -> !line.check().equals(check))
                .forEach(line -> checks.add(line.check() + (line.because().isEmpty() ? " (beside it)" : "")));
        return checks.isEmpty() ? "-" : String.join(", ", checks);
    }
}
