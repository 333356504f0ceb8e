package homelab.lab;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a host is made of, kind by kind, to be compared with itself. What comes and goes by itself is left out. */
record Traces(Map<String, List<String>> kinds) {

    /** The tool itself leaves two locks, a login leaves its session, and sudo a note; cgroups are the lab's container's. */
    private static final String BY_ITSELF =
            "/run/user/|/run/systemd|/run/udev|/run/lock/homelab-|/run/ufw[.]lock|/var/log/journal|systemd-private|"
                    + "sudo_as_admin_successful|/sys/fs/cgroup|/run/log/journal|/var/lib/systemd/|/run/sudo|/run/utmp|/run/credentials";

    private static final Map<String, String> SCRIPTS = Map.of(
            "files",
            "find / -xdev \\( -path /proc -o -path /sys -o -path /tmp -o -path /dev \\) -prune -o -print; "
                    + "find /run /var/lib/rancher -xdev 2>/dev/null",
            "mounts",
            "awk '{ print $2, $3 }' /proc/mounts",
            "packet rules",
            "{ iptables-save; ip6tables-save; } 2>/dev/null | grep -E '^-A|^:.* - ' | sed 's/ [[].*//; s/127[.]0[.]0[.]11.*//'",
            "processes",
            "ps -e -o comm= | grep -vE '^(systemd|[(]sd-pam[)]|sshd|ps|bash|sort|grep|dbus-daemon|agetty)'",
            "interfaces",
            "ls /sys/class/net; ip route",
            "units",
            "systemctl list-unit-files --state=enabled --no-legend",
            "settings",
            "cat /etc/hosts /etc/fstab /etc/hostname /etc/default/ufw /etc/ufw/ufw.conf; grep -h '^### tuple' /etc/ufw/user*.rules; :");

    static Traces of(Lab lab, String node) {
        Map<String, List<String>> kinds = new TreeMap<>();
        SCRIPTS.forEach((kind, script) -> kinds.put(
                kind,
                lab.on(node, script)
                        .lines()
                        .filter(line -> !line.matches(".*(" + BY_ITSELF + ").*"))
                        .sorted()
                        .distinct()
                        .toList()));
        return new Traces(kinds);
    }

    /** What is here and was not, by kind. */
    Map<String, List<String>> beyond(Traces before) {
        return kinds.entrySet().stream()
                .map(kind -> Map.entry(
                        kind.getKey(),
                        kind.getValue().stream()
                                .filter(line -> !before.kinds
                                        .getOrDefault(kind.getKey(), List.of())
                                        .contains(line))
                                .toList()))
                .filter(kind -> !kind.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
