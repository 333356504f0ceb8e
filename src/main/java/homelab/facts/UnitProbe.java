package homelab.facts;

import homelab.facts.Facts.Firewall;
import homelab.facts.Facts.Time;
import homelab.probe.Probe;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What systemd says of the units that matter, and whether a time service has a source. */
final class UnitProbe {
    private static final List<String> TIME_SERVICES =
            List.of("systemd-timesyncd", "chrony", "ntpsec", "ntp", "openntpd");

    private UnitProbe() {}

    /**
     * Systemd is asked only of k3s's units and of others that run, which have a link in /run/systemd/units: it searches
     * the disk for each that it does not know, which takes as long as all the rest. timedatectl starts a service of its own, so it is asked only of daemons that leave
     * no other trace.
     */
    static final Probe<Sections> PROBE = Sections.probe("facts:units", FactProbes.LIMIT, """
            section units
            there= ask=
            for u in k3s k3s-agent systemd-timesyncd chrony ntpsec ntp openntpd firewalld nftables netfilter-persistent \\
              docker containerd kubelet; do
              if [ -L "/run/systemd/units/invocation:$u.service" ]; then ask="$ask $u.service"; continue; fi
              for f in /etc/systemd/system/ /run/systemd/generator.late/ /usr/local/lib/systemd/system/ \\
                /usr/lib/systemd/system/ /lib/systemd/system/; do
                if [ -e "$f$u.service" ]; then case $u in k3s*) ask="$ask $u.service" ;; *) there="$there $u" ;; esac; break; fi
              done
            done
            for u in $there; do printf 'Id=%s.service\\nLoadState=loaded\\nActiveState=inactive\\n\\n' "$u"; done
            [ -z "$ask" ] || systemctl show -p Id,LoadState,ActiveState $ask 2>/dev/null || exit 1
            echo asked
            section synced
            if [ -e /run/systemd/timesync/synchronized ]; then echo yes
            elif [ -e /run/chrony/chronyd.pid ]; then timeout 3 chronyc -n tracking 2>/dev/null
            elif [ -e /run/ntpd.pid ] || [ -e /run/openntpd.pid ]; then
              timeout 3 timedatectl show -p NTPSynchronized --value 2>/dev/null
            fi
            :
            """);

    /** @param there whether a unit file is there; @param active as systemd spells it */
    record Unit(boolean there, String active) {
        static final Unit NONE = new Unit(false, "inactive");

        boolean running() {
            return active.equals("active");
        }
    }

    /** @param byName without {@code .service} */
    record Units(Map<String, Unit> byName) {
        Unit of(String name) {
            return byName.getOrDefault(name, Unit.NONE);
        }

        boolean running(String name) {
            return of(name).running();
        }
    }

    static Units units(Sections said) {
        Map<String, Unit> found = new HashMap<>();
        for (String block : said.text("units").split("\n\n")) {
            Map<String, String> keys = new HashMap<>();
            block.lines().filter(line -> line.contains("=")).forEach(line -> {
                int equals = line.indexOf('=');
                keys.put(line.substring(0, equals), line.substring(equals + 1));
            });
            String name = keys.getOrDefault("Id", "").replaceFirst("\\.service$", "");
            boolean there = keys.getOrDefault("LoadState", "").equals("loaded");
            found.put(name, new Unit(there, keys.getOrDefault("ActiveState", "unknown")));
        }
        if (found.size() < 2 && !said.lines("units").contains("asked")) {
            throw new IllegalStateException("systemd did not answer");
        }
        return new Units(found);
    }

    static Time time(Sections said, Instant at) {
        Units units = units(said);
        Optional<String> service = TIME_SERVICES.stream().filter(units::running).findFirst();
        String synced = said.text("synced");
        boolean kept = synced.equals("yes") || synced.matches("(?s).*Leap status\\s*: (Normal|Insert|Delete).*");
        return new Time(service.isPresent() && kept, service.orElse("none"), at);
    }

    /** UFW counts as active when it is enabled; the others when their unit runs. */
    static Firewall firewall(Sections system, Sections said) {
        Units units = units(said);
        if (units.running("firewalld")) {
            return new Firewall("firewalld", true);
        }
        List<String> ufw = system.lines("ufw");
        if (ufw.contains("installed")) {
            return new Firewall(
                    "ufw", ufw.stream().anyMatch(line -> line.strip().equalsIgnoreCase("ENABLED=yes")));
        }
        if (units.running("nftables")) {
            return new Firewall("nftables", true);
        }
        return units.running("netfilter-persistent") ? new Firewall("iptables", true) : new Firewall("none", false);
    }
}
