package homelab.lab;

import static homelab.lab.Fault.fails;
import static homelab.lab.Fault.warns;

import java.util.List;

/** What is wrong on a host, seen from within a container too. */
final class FaultsOfHosts {
    private static final String BOOT =
            "cp -a /boot/firmware /run/firmware; mount -t tmpfs -o OPTIONS full /boot/firmware;"
                    + " cp -a /run/firmware/. /boot/firmware/; ";
    private static final String UNBOOT = "umount /boot/firmware; rm -rf /run/firmware";

    private FaultsOfHosts() {}

    static List<Fault> all() {
        return List.of(
                warns("HOST-003", "an update that waits for a reboot")
                        .on(
                                Lab.AGENT,
                                "touch /run/reboot-required; echo linux-image-rpi-v8 >/run/reboot-required.pkgs",
                                "rm /run/reboot-required*"),
                fails("HOST-004", "the memory cgroup off")
                        .synthetic("a file over /proc/cgroups")
                        .on(
                                Lab.AGENT,
                                "sed '/^memory/s/1$/0/' /proc/cgroups >/run/cgroups; mount --bind /run/cgroups /proc/cgroups",
                                "umount /proc/cgroups"),
                fails("HOST-005", "ip_forward 0")
                        .on(Lab.AGENT, "sysctl -w net.ipv4.ip_forward=0", "sysctl -w net.ipv4.ip_forward=1")
                        .below("NET-006", "NET-008"),
                fails("HOST-006", "a clock off by 10 min")
                        .synthetic("date is a script that adds them")
                        .on(
                                Lab.AGENT,
                                inPlaceOf("date", "exec /bin/date -d '+10 min' \"$@\""),
                                "rm /usr/local/sbin/date"),
                fails("HOST-010", "a disk of the inventory read-only")
                        .on(
                                Lab.AGENT,
                                "mount --bind DISK DISK; mount -o remount,bind,ro DISK"
                                        .replace("DISK", WholeCluster.DISK),
                                "umount " + WholeCluster.DISK),
                warns("HOST-012", "a journal in memory alone").on(Lab.AGENT, """
                                printf '[Journal]\\nStorage=volatile\\n' >/etc/systemd/journald.conf.d/99-mine.conf
                                mv /var/log/journal /root/; systemctl restart systemd-journald
                                """, """
                                rm /etc/systemd/journald.conf.d/99-mine.conf
                                mv /root/journal /var/log/; systemctl restart systemd-journald; journalctl --flush
                                """),
                fails("HOST-014", "a disk 95 % full")
                        .on(
                                Lab.AGENT,
                                BOOT.replace("OPTIONS", "size=8m") + "fallocate -l 7700k /boot/firmware/full",
                                UNBOOT),
                fails("HOST-014", "no inodes left")
                        .on(
                                Lab.AGENT,
                                BOOT.replace("OPTIONS", "size=8m,nr_inodes=200")
                                        + "i=0; while : >/boot/firmware/file-$i; do i=$((i+1)); done 2>/dev/null; :",
                                UNBOOT),
                fails("STO-006", "a hard NFS mount on a server")
                        .synthetic("a line that grep adds to /proc/self/mountinfo")
                        .on(Lab.SERVER, inPlaceOf("grep", """
                                for last; do :; done
                                [ "$last" = /proc/self/mountinfo ] || exec /bin/grep "$@"
                                n=$#; while [ $n -gt 1 ]; do set -- "$@" "$1"; shift; n=$((n-1)); done; shift
                                { cat /proc/self/mountinfo
                                  echo '99 1 0:99 / /mnt/nas rw,relatime - nfs4 nas.lan:/data rw,vers=4.2,hard,timeo=600'
                                } | /bin/grep "$@"
                                """), "rm /usr/local/sbin/grep"));
    }

    /** A program that is found before the real one. */
    static String inPlaceOf(String program, String script) {
        String file = "/usr/local/sbin/" + program;
        return "cat >" + file + " <<'SCRIPT'\n#!/bin/sh\n" + script.stripTrailing() + "\nSCRIPT\nchmod +x " + file;
    }
}
