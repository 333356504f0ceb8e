package homelab.resource.os;

import homelab.resource.Exports;
import homelab.resource.Sh;

/**
 * The script that has apt renew packages in a unit of systemd, waits for its end and tells how it went. A unit that a run
 * before has left at work is waited for as well. Whoever waits lets go when nobody listens any more; the unit goes on.
 *
 * @param environment in which apt runs; it lies in a file for root alone that the unit deletes as it begins
 * @param folder where that file lies, and what apt says
 */
record AptInUnit(Exports environment, String folder) {
    /** Gone at a boot. */
    static final String FOLDER = "/run/homelab";

    /** dpkg asks nothing and leaves changed files of settings; services that use what was renewed are started again. */
    private static final String WORK = """
            rm -f "$0"
            export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a APT_LISTCHANGES_FRONTEND=none UCF_FORCE_CONFFOLD=1 LC_ALL=C
            cd "${0%/*}" && exec </dev/null || exit 1
            apt() {
              apt-get -q -y --no-remove -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold \\
                -o Dpkg::Options::=--force-confdef "$@"
            }
            broken() {
              dpkg-query -W -f '${db:Status-Abbrev}\\n' | grep -q '^.[UFHWt]' || ls /var/lib/dpkg/updates | grep -q '^[0-9]'
            }
            mend() { dpkg --configure -a --force-confold --force-confdef; apt -f install; }
            if broken; then mend; fi
            apt --with-new-pkgs upgrade || { broken && mend && apt --with-new-pkgs upgrade; }
            code=$?
            echo $code >os-upgrade.exit
            exit $code
            """;

    /** As long as apt waits for its lock it says who holds it. */
    private static final String TELL = """
            code=$(cat $at.exit 2>/dev/null || echo 1)
            if [ "$code" != 0 ]; then
              why=$(grep -E '^(E:|dpkg: error)|held by' $at.log | awk '!said[$0]++' | tail -n 6)
              if [ -n "$why" ]; then printf '%s\\n' "$why" >&2; else tail -n 6 $at.log >&2; fi
              exit 1
            fi
            """;

    String script() {
        return "at=" + Sh.quote(folder + "/os-upgrade") + "\n" + """
                unit=homelab-os-upgrade
                working() { case $(systemctl is-active $unit) in active|activating|deactivating) ;; *) return 1 ;; esac; }
                if ! working; then
                  mkdir -p "${at%/*}"
                  rm -f $at.sh $at.log $at.exit
                  umask 077
                """
                + Sh.feed(environment.text() + WORK, "cat >$at.sh")
                + """
                  systemd-run --quiet --collect --unit=$unit -p RuntimeMaxSec=3000 -p StandardOutput=file:$at.log \\
                    -p StandardError=inherit /bin/sh $at.sh >/dev/null || exit 1
                fi
                while working; do printf . || exit 1; sleep 1; done
                """
                + TELL;
    }
}
