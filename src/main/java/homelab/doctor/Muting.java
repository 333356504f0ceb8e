package homelab.doctor;

import homelab.model.Mute;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes out what the inventory mutes. What passes is never muted: a mute that covers nothing any more says so. */
final class Muting {
    private final Checkup checkup;
    private final List<Mute> mutes;
    private final LocalDate today;

    private Muting(Checkup checkup, List<Mute> mutes) {
        this.checkup = checkup;
        this.mutes = mutes;
        this.today = checkup.at().atZone(ZoneOffset.UTC).toLocalDate();
    }

    static Checkup of(Checkup checkup, List<Mute> mutes) {
        return mutes.isEmpty() ? checkup : new Muting(checkup, mutes).muted();
    }

    private Checkup muted() {
        List<Finding> told = new ArrayList<>();
        List<Checkup.Muted> muted = new ArrayList<>();
        for (Finding finding : checkup.findings()) {
            Optional<Mute> mute = finding.isTold() ? of(finding) : Optional.empty();
            mute.ifPresentOrElse(one -> muted.add(new Checkup.Muted(finding, one)), () -> told.add(finding));
        }
        List<String> notes =
                mutes.stream().flatMap(mute -> note(mute, muted).stream()).toList();
        return new Checkup(
                        checkup.cluster(),
                        checkup.at(),
                        checkup.checks(),
                        told,
                        muted,
                        checkup.known(),
                        checkup.notes())
                .noting(notes);
    }

    private Optional<Mute> of(Finding finding) {
        return mutes.stream()
                .filter(mute -> !mute.isOver(today) && mute.covers(finding.check(), finding.subject()))
                .findFirst();
    }

    private Optional<String> note(Mute mute, List<Checkup.Muted> muted) {
        String which = "the mute of " + mute.check()
                + mute.subject().map(subject -> " " + subject).orElse("");
        if (mute.isOver(today)) {
            return Optional.of(which + " ended on " + mute.until().orElseThrow() + " (" + mute.reason() + ")");
        }
        boolean judged =
                checkup.findings().stream().anyMatch(finding -> mute.covers(finding.check(), finding.subject()));
        boolean used = muted.stream().anyMatch(one -> one.mute().equals(mute));
        return judged && !used ? Optional.of(which + " covers nothing any more: take it out") : Optional.empty();
    }
}
