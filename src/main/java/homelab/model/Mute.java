package homelab.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Something that doctor finds and that somebody decided to live with.
 *
 * @param check a check's id, "HOST-007"
 * @param subject only of this node or object; of all when absent
 * @param reason why, for those who wonder later
 * @param until the last day on which it holds; without an end when absent
 */
public record Mute(String check, Optional<String> subject, String reason, Optional<LocalDate> until) {

    public boolean isOver(LocalDate today) {
        return until.filter(today::isAfter).isPresent();
    }

    public boolean covers(String otherCheck, String otherSubject) {
        return check.equals(otherCheck) && subject.map(otherSubject::equals).orElse(true);
    }
}
