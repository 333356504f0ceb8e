package homelab.doctor.host;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.facts.Facts;
import homelab.model.Node;
import homelab.probe.Reading;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** HOST-002: the operating system still gets security updates. */
final class OsSupported implements Check {
    private static final long WARN_DAYS = 180;

    /**
     * The last day with free security updates: Debian's long-term support, Ubuntu's standard support. From the package
     * distro-info-data, 0.58+deb12u7, debian.csv (eol-lts) and ubuntu.csv (eol), read in November 2026.
     */
    static final Map<String, LocalDate> UNTIL = Map.ofEntries(
            Map.entry("debian 11", LocalDate.of(2026, 8, 31)),
            Map.entry("debian 12", LocalDate.of(2028, 6, 30)),
            Map.entry("debian 13", LocalDate.of(2030, 6, 30)),
            Map.entry("ubuntu 20.04", LocalDate.of(2025, 5, 29)),
            Map.entry("ubuntu 22.04", LocalDate.of(2027, 6, 1)),
            Map.entry("ubuntu 24.04", LocalDate.of(2029, 5, 31)),
            Map.entry("ubuntu 25.04", LocalDate.of(2026, 1, 15)),
            Map.entry("ubuntu 25.10", LocalDate.of(2026, 7, 9)),
            Map.entry("ubuntu 26.04", LocalDate.of(2031, 5, 29)),
            Map.entry("ubuntu 26.10", LocalDate.of(2027, 7, 15)));

    @Override
    public String id() {
        return "HOST-002";
    }

    @Override
    public List<Finding> judge(House house) {
        return house.cluster().nodes().stream().map(node -> judge(house, node)).toList();
    }

    private Finding judge(House house, Node node) {
        Reading<Facts.Os> os = house.fact(node, Facts::os);
        return os instanceof Reading.Known<Facts.Os> known
                ? judge(house, node.name().text(), known.value())
                : unknown(node.name().text(), ((Reading.Unknown<Facts.Os>) os).why());
    }

    private Finding judge(House house, String node, Facts.Os os) {
        LocalDate until = UNTIL.get(release(os));
        if (until == null) {
            return warn(node, "how long its operating system is supported is not known: " + os.pretty())
                    .by("ID=" + os.id() + " VERSION_ID=" + os.version());
        }
        long days = ChronoUnit.DAYS.between(house.now().atZone(ZoneOffset.UTC).toLocalDate(), until);
        String seen = os.pretty() + ", security updates until " + until;
        if (days < 0) {
            return fail(node, "its operating system gets no security updates any more")
                    .by(seen)
                    .since(until.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        }
        return days < WARN_DAYS
                ? warn(node, "its operating system gets security updates for " + days + " days more")
                        .by(seen)
                : pass(node, "its operating system is supported").by(seen);
    }

    /** Raspberry Pi OS with 32 bits calls itself raspbian; it follows Debian's releases. */
    private static String release(Facts.Os os) {
        return (os.id().equals("raspbian") ? "debian" : os.id()) + " " + os.version();
    }
}
