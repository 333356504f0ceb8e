package homelab.doctor.gitops;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.probe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of GITOPS-003 about Applications that somebody applied by hand: what their files in Git say now. */
public final class GitFiles {
    /** Not asked of the API: made of what repositories hold, by whoever looks. */
    public static final Listing FILES = new Listing(
            "files of applications", "", List.of("metadata.name", "metadata.namespace", "file", "differs", "unread"));

    private static final String DECISIVE = "sources?(\\..*)?\\.(targetRevision|path|helm).*|syncPolicy.*";
    private static final String BETTER = "; better let another Application bring it";

    private GitFiles() {}

    /** Whether there is one whose file is to be looked for. */
    public static boolean wanted(House house) {
        List<Item> all = Applications.all(house);
        return all.stream().anyMatch(one -> ObjectAsFile.isByHand(house, one, all));
    }

    static Finding judge(Check check, House house, Item application) {
        String subject = application.subject("Application");
        Optional<Item> says = Item.of(house, FILES).stream()
                .filter(one ->
                        one.name().equals(application.name()) && one.namespace().equals(application.namespace()))
                .findFirst();
        Optional<String> file = says.map(one -> one.text("file")).filter(path -> !path.isEmpty());
        if (file.isPresent()) {
            return compared(check, subject, file.get(), says.get().words("differs"));
        }
        List<String> seen = new ArrayList<>(says.map(one -> one.words("unread")).orElse(List.of()));
        if (says.isEmpty()) {
            seen.add("its file in Git was not read" + why(house));
        } else if (seen.isEmpty()) {
            seen.add("no repository of an Application holds a file for it");
        }
        return check.warn(subject, "was applied by hand: nothing puts it right when its file in Git changes")
                .by(seen)
                .fix("homelab gitops status compares it with its file" + BETTER);
    }

    /** Where it was tried. */
    private static String why(House house) {
        return house.list(FILES) instanceof Reading.Unknown<?> unknown ? ": " + unknown.why() : "";
    }

    private static Finding compared(Check check, String subject, String file, List<String> differs) {
        String apply = "kubectl apply -f " + file + BETTER;
        if (differs.isEmpty()) {
            return check.warn(subject, "was applied by hand: it is as its file says now, and nothing keeps it so")
                    .by("its file in Git is " + file)
                    .fix("let another Application bring it");
        }
        List<String> seen = new ArrayList<>(differs);
        seen.add("its file in Git is " + file);
        return differs.stream().anyMatch(line -> line.split(" ", 2)[0].matches(DECISIVE))
                ? check.fail(subject, "is not what its file in Git says")
                        .by(seen)
                        .fix(apply)
                : check.warn(subject, "is not quite what its file in Git says")
                        .by(seen)
                        .fix(apply);
    }
}
