package homelab.gate;

import homelab.doctor.House;
import java.time.Duration;
import java.util.Optional;

/**
 * What keeps a repair from being done however well founded it is. Nothing without a leader of etcd and an API; nothing
 * when more than 30 % of the nodes are away, save that with one away of two or three what lives is still mended; and
 * what takes something away from an object is done to it once in ten minutes.
 */
final class Breakers {
    private static final Duration ONCE = Duration.ofMinutes(10);
    private static final int SHARE = 30;
    private static final int FEW = 3;

    private final House house;
    private final Course course;

    Breakers(House house, Course course) {
        this.house = house;
        this.course = course;
    }

    /** Why not; empty when nothing speaks against it. */
    Optional<String> against(Repair repair) {
        return leaderless().or(() -> tooFew(repair)).or(() -> tooSoon(repair)).or(() -> tooEarly(repair));
    }

    private Optional<String> leaderless() {
        if (!course.passes(Gate.ETCD)) {
            return Optional.of("etcd is not seen to have a leader");
        }
        return course.passes(Gate.API) ? Optional.empty() : Optional.of("the API does not answer");
    }

    private Optional<String> tooFew(Repair repair) {
        int all = house.cluster().nodes().size();
        int away = all - house.reached().size();
        if (away * 100 <= all * SHARE) {
            return Optional.empty();
        }
        if (away > 1 || all > FEW) {
            return Optional.of(away + " of " + all + " nodes are away: more than " + SHARE + " %");
        }
        return repair.touchesTheDead()
                ? Optional.of("one of " + all + " nodes is away: only what lives is mended")
                : Optional.empty();
    }

    private Optional<String> tooSoon(Repair repair) {
        return repair.ago(house)
                .filter(ago -> ago.compareTo(ONCE) < 0)
                .map(ago -> "the same was done " + Words.age(ago.toSeconds()) + " ago: once in 10 min");
    }

    /** Before Longhorn stands, its driver has nobody to talk to. */
    private Optional<String> tooEarly(Repair repair) {
        boolean early = repair instanceof CsiPlugin && !(course.passes(Gate.NODES) && course.passes(Gate.LONGHORN));
        return early ? Optional.of("Longhorn itself is not up yet") : Optional.empty();
    }
}
