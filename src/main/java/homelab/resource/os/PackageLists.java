package homelab.resource.os;

import homelab.resource.Exports;
import java.time.Duration;

/**
 * Renews apt's lists of what there is, which apt-daily does by itself once a day. No list that cannot be had is passed over:
 * what is due would not be known.
 *
 * @param environment in which apt runs
 */
public record PackageLists(Exports environment) {
    /** A slow line and two minutes of another apt. */
    public static final Duration LIMIT = Duration.ofMinutes(6);

    /** apt waits for dpkg's lock and not for that of the lists (apt 2.6). */
    public String script() {
        return environment.text() + """
                n=0
                while :; do
                  said=$(apt-get -q update -o APT::Update::Error-Mode=any </dev/null 2>&1) && exit 0
                  case $said in
                    *'not get lock'*) [ $n -lt 24 ] || break ;;
                    *) break ;;
                  esac
                  n=$((n + 1))
                  sleep 5
                done
                printf '%s\\n' "$said" | grep '^[EW]:' | tail -n 4 >&2
                exit 1
                """;
    }
}
