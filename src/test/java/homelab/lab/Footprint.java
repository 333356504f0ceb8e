package homelab.lab;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All on a host that a run could have changed: files with content and mode, units, firewall, what is listening. */
record Footprint(Set<String> lines) {
    private static final String SCRIPT = String.join(
            "\n",
            "places='/etc /usr/local /boot /var/lib/rancher /var/lib/homelab /home'",
            "find $places -printf '%p %y %m %u:%g %l\\n' 2>/dev/null",
            "find $places -type f -exec sha256sum {} + 2>/dev/null",
            "ufw status numbered",
            "systemctl list-unit-files --no-legend --no-pager",
            "hostname",
            "ss -Hltn | awk '$4 !~ /^127.0.0.11:/ {print \"listens \" $4}'" /* not Docker's name server */,
            "dpkg-query -W");

    static List<Footprint> of(Lab lab, String... nodes) {
        return List.of(nodes).stream()
                .map(node -> new Footprint(lab.on(node, SCRIPT)
                        .lines()
                        .filter(line -> !line.contains("/.sudo_as_admin_successful")) // written by any sudo
                        .map(line -> node + ": " + line)
                        .collect(Collectors.toCollection(TreeSet::new))))
                .toList();
    }

    /** What came and what went since an earlier look. */
    static Set<String> changes(List<Footprint> before, List<Footprint> after) {
        Set<String> changes = new TreeSet<>();
        for (int i = 0; i < before.size(); i++) {
            Set<String> was = before.get(i).lines();
            Set<String> is = after.get(i).lines();
            is.stream()
                    .filter(line -> !was.contains(line))
                    .map(line -> "+ " + line)
                    .forEach(changes::add);
            was.stream()
                    .filter(line -> !is.contains(line))
                    .map(line -> "- " + line)
                    .forEach(changes::add);
        }
        return changes;
    }
}
