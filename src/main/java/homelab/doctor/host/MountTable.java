package homelab.doctor.host;

import homelab.probe.Probe;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The file systems of a host without those of pods and of the kernel, by the lines of /proc/self/mountinfo, see
 * proc_pid_mountinfo(5). Reading it touches no disk and no server of files.
 */
record MountTable(List<Mount> mounts) {
    static final Probe<MountTable> PROBE = Probe.of(
            "doctor:mounts",
            "grep -vE '^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /(var/lib/kubelet/|run/|proc/|sys/|dev/)' /proc/self/mountinfo",
            answer -> parse(answer.text()));

    record Mount(String path, boolean readOnly, String type, String told) {
        boolean holds(String file) {
            return path.equals("/") || file.equals(path) || file.startsWith(path + "/");
        }
    }

    MountTable {
        mounts = List.copyOf(mounts);
    }

    /** @throws IllegalStateException when there is not even a root */
    static MountTable parse(String text) {
        List<Mount> mounts =
                text.lines().map(MountTable::mount).flatMap(Optional::stream).toList();
        if (mounts.stream().noneMatch(mount -> mount.path().equals("/"))) {
            throw new IllegalStateException("the host did not say what is mounted");
        }
        return new MountTable(mounts);
    }

    /** Optional fields end at a dash; behind it stand the type, the source and the file system's own options. */
    private static Optional<Mount> mount(String line) {
        String[] halves = line.split(" - ", 2);
        String[] mount = halves[0].split(" ");
        String[] system = halves.length < 2 ? new String[0] : halves[1].split(" ");
        if (mount.length < 6 || system.length < 3) {
            return Optional.empty();
        }
        boolean readOnly = saysReadOnly(mount[5]) || saysReadOnly(system[2]);
        String told = system[1] + " on " + mount[4] + " type " + system[0] + " (" + mount[5] + ")";
        return Optional.of(new Mount(mount[4], readOnly, system[0], told));
    }

    private static boolean saysReadOnly(String options) {
        return Arrays.asList(options.split(",")).contains("ro");
    }

    /** The one that a path lies on: of those that hold it the deepest, and of two at one place the later. */
    private Mount of(String path) {
        return mounts.stream()
                .filter(mount -> mount.holds(path))
                .reduce((best, next) -> next.path().length() >= best.path().length() ? next : best)
                .orElseThrow();
    }

    boolean isReadOnly(String path) {
        return of(path).readOnly();
    }

    String line(String path) {
        return of(path).told();
    }
}
