package homelab.resource.os;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Exports;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All packages of a host are as new as its lists say, but for those that are held. None is removed, and a file of settings
 * that somebody changed stays. apt works in a unit of its own, so that it outlives the connection and whoever asked for it.
 *
 * @param environment in which apt runs
 */
public record PackagesRenewed(Exports environment) implements Resource {
    /** A point release on a slow SD card takes half of it. */
    private static final Duration LIMIT = Duration.ofMinutes(55);

    private static final Duration TO_THINK = Duration.ofSeconds(60);

    /** The second letter of dpkg's state: unpacked, half-configured, half-installed, waiting for triggers (dpkg-query(1)). */
    private static final Probe<Updates> UPDATES =
            new Probe<>("packages:due", Probe.LIFTED + """
            command -v apt-get >/dev/null || { echo 'this is no Debian: it has no apt-get'; exit 3; }
            case $(systemctl is-active homelab-os-upgrade) in active|activating|deactivating) echo 'at work' ;; esac
            broken=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\\n' | sed -n 's/^.[UFHWt]. */broken /p'
              ! ls /var/lib/dpkg/updates 2>/dev/null | grep -q '^[0-9]' || echo 'broken dpkg')
            [ -z "$broken" ] || printf '%s\\n' "$broken"
            apt-mark showhold | sed 's/^/hold /'
            said=$(apt-get -s -q --no-remove --with-new-pkgs upgrade 2>&1) || {
              [ -n "$broken" ] || { printf '%s\\n' "$said" | grep '^[EW]:'; exit 1; }
            }
            printf '%s\\n' "$said" | sed -n -e '/^Inst /p' -e '/kept back:$/,/^[^ ]/{/^  /p;}'
            """, TO_THINK, Updates::parse).upTo(1 << 20);

    /** Why apt did not do all of it; nothing as long as it works. */
    private static final Probe<Optional<String>> ENDED = Probe.of(
            "packages:ended", """
            case $(systemctl is-active homelab-os-upgrade) in active|activating|deactivating) exit 0 ;; esac
            tail -n 8 /run/homelab/os-upgrade.log 2>/dev/null || echo 'apt is not at work: the host was booted meanwhile, or it never began'
            """, answer -> Optional.of(answer.text().strip()).filter(text -> !text.isEmpty()));

    /** Asks a host what is due. */
    public static Probe<Updates> updates() {
        return UPDATES;
    }

    @Override
    public String id() {
        return "packages of the operating system";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(UPDATES);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(UPDATES), PackagesRenewed::judged);
    }

    private static Status judged(Updates updates) {
        List<Change> changes = new ArrayList<>();
        if (updates.atWork()) {
            changes.add(new Change("apt", "at work since an earlier run", "done"));
        }
        if (!updates.broken().isEmpty()) {
            changes.add(new Change("installation of " + String.join(", ", updates.broken()), "broken off", "finished"));
        }
        changes.addAll(updates.due());
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.RESTART);
    }

    @Override
    public Deed deed() {
        return new Deed.Shell(new AptInUnit(environment, AptInUnit.FOLDER).script(), LIMIT);
    }

    /** Where the connection was cut, apt goes on. */
    @Override
    public Duration patience() {
        return LIMIT;
    }

    @Override
    public List<Probe<Optional<String>>> vain() {
        return List.of(ENDED);
    }
}
