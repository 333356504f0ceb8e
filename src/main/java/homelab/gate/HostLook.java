package homelab.gate;

import homelab.probe.Answer;
import homelab.probe.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * What a host tells of its boot: proc_pid_stat(5) and proc_pid_mountinfo(5).
 *
 * @param up seconds since its first process began; no clock that is set changes it
 * @param readOnly of {@code /} and k3s's folder those that cannot be written
 * @param full of these those with less than 100 MiB left
 */
record HostLook(long up, List<String> readOnly, List<String> full) {

    static final Probe<HostLook> PROBE = Probe.of("gate:host", """
            read -r up _ </proc/uptime
            begin=$(sed 's/.*) //' /proc/1/stat | cut -d ' ' -f 20)
            hertz=$(getconf CLK_TCK 2>/dev/null) || hertz=100
            echo "up $((${up%%.*} - begin / hertz))"
            awk '$5 == "/" || $5 == "/var/lib/rancher" {
              split($0, half, " - "); split(half[2], system, " ")
              if (("," $6 "," system[3] ",") ~ /,ro,/) print "ro " $5
            }' /proc/self/mountinfo
            df -Pk / /var/lib/rancher 2>/dev/null | awk 'NR > 1 && $4 < 102400 { print "full " $6 }'
            :
            """, HostLook::parse);

    HostLook {
        readOnly = List.copyOf(readOnly);
        full = List.copyOf(full);
    }

    /** @throws IllegalStateException when it does not even tell how long it is up */
    private static HostLook parse(Answer answer) {
        long up = -1;
        List<String> readOnly = new ArrayList<>();
        List<String> full = new ArrayList<>();
        for (String line : answer.text().split("\n")) {
            String word = line.substring(line.indexOf(' ') + 1);
            if (line.matches("up \\d{1,15}")) {
                up = Long.parseLong(word);
            } else if (line.startsWith("ro ")) {
                readOnly.add(word);
            } else if (line.startsWith("full ")) {
                full.add(word);
            }
        }
        if (up < 0) {
            throw new IllegalStateException("the host did not say how long it is up");
        }
        return new HostLook(up, readOnly, full);
    }
}
