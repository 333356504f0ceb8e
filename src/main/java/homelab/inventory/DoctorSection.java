package homelab.inventory;

import homelab.model.Mute;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code doctor:}, what is found and is not to be told. */
final class DoctorSection {
    private DoctorSection() {}

    static List<Mute> mutes(Fields root) {
        Fields fields = root.section("doctor", Section.DOCTOR);
        List<Mute> mutes = new ArrayList<>();
        List<Tree> items = fields.items("mutes");
        for (int i = 0; i < items.size(); i++) {
            Tree item = items.get(i);
            String path = fields.path("mutes") + "[" + (i + 1) + "]";
            one(Fields.of(Section.MUTE, path, item.place(), item, fields.mistakes()))
                    .ifPresent(mutes::add);
        }
        return mutes;
    }

    private static Optional<Mute> one(Fields entry) {
        Optional<String> check = entry.one("check", Kinds.CHECK);
        Optional<String> reason = entry.one("reason", Kinds.TEXT);
        Optional<String> subject = entry.one("subject", Kinds.TEXT);
        Optional<LocalDate> until = entry.one("until", Kinds.DAY);
        return check.isEmpty() || reason.isEmpty()
                ? Optional.empty()
                : Optional.of(new Mute(check.get(), subject, reason.get(), until));
    }
}
