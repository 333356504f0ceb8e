package homelab.resource.longhorn;

import homelab.resource.LocalSh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * A double of {@code k3s kubectl} in a folder: objects of the test are there until they are deleted, pods end at once, and
 * a file of that name says otherwise. Time passes only when somebody sleeps, ten seconds each time.
 */
final class FakeLonghorn {
    private static final String K3S = """
            #!/bin/sh
            shift; if [ "$1" = -n ]; then shift 2; fi
            echo "$*" >>asked
            say() { if [ -e "$1" ]; then cat "$1"; else printf %s "$2"; fi; }
            case $* in
            'get pv '*) [ ! -e claim ] || echo "longhorn-system/$(cat claim) pvc-1" ;;
            'get pod,pvc,'*) for f in claim stuck; do [ ! -e $f ] || echo "persistentvolumeclaim/$(cat $f)"; done ;;
            'create -f -')
              cat >made; echo "made $(sed -n 's/^kind: //p' made)" >>asked
              if [ -e refused ]; then cat refused >&2; exit 1; fi
              case $(sed -n 's/^kind: //p' made) in
              Pod) ! grep -q 'echo [0-9a-f]* >/data' made || sed -n 's/.*echo \\([0-9a-f]*\\) >.data.*/\\1/p' made >disk
                if grep -q 'cat /data' made; then cat disk >said; else echo written >said; fi ;;
              PersistentVolumeClaim) sed -n 's/.*{name: \\(homelab-test-[0-9a-f]*\\).*/\\1/p' made >claim ;;
              esac ;;
            'delete pvc '*) rm -f claim ;;
            'get events '*) echo "$(cat claim)-ultron: FailedMount: iscsiadm: no such device"; echo 'other: Bad: things' ;;
            'get node '*) say ready True ;;
            'get daemonset '*) say image longhornio/longhorn-manager:v1.11.2 ;;
            'get pvc '*phase*) say bound Bound ;;
            'get pvc '*) echo pvc-1 ;;
            'get pod '*phase*) say phase Succeeded ;;
            'get pod '*) say reads "$(cat said)" ;;
            'get volumes.longhorn.io '*) say state detached ;;
            'get backuptargets.longhorn.io '*.available*) say available true ;;
            'get backuptargets.longhorn.io '*) echo 'no such bucket' ;;
            'get snapshots.longhorn.io '*) echo true ;;
            'get backups.longhorn.io homelab'*state*) say backup Completed ;;
            'get backups.longhorn.io homelab'*) echo 'access denied' ;;
            esac
            """;

    private final Path folder;

    FakeLonghorn(Path folder) throws IOException {
        this.folder = folder;
        tool("k3s", K3S.replace("shift;", "cd " + folder + "; shift;"));
        tool(
                "sleep",
                "#!/bin/sh\nread up rest <" + folder + "/uptime; echo \"$((${up%.*} + 10)).0 0\" >" + folder
                        + "/uptime\n");
        with("uptime", "100.0 0\n").with("asked", "");
    }

    private void tool(String name, String text) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.setPosixFilePermissions(
                Files.writeString(bin.resolve(name), text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    FakeLonghorn with(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
        return this;
    }

    LocalSh.Ran run(VolumeTest test) {
        String script = test.script(folder.resolve("lock").toString()).replace("/proc/uptime", folder + "/uptime");
        return new LocalSh(Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"))).run(script);
    }

    List<String> asked() throws IOException {
        return Files.readAllLines(folder.resolve("asked"));
    }

    /** Whether nothing of the test is left. */
    boolean clean() {
        return !Files.exists(folder.resolve("claim"));
    }
}
