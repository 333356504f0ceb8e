package homelab.resource;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kernel settings in effect, whatever file they came from. Limits ({@code max_...}) are also right when higher.
 *
 * @param wanted key with dots to value
 */
public record Sysctls(Map<String, String> wanted) implements Resource {

    public Sysctls {
        wanted = Collections.unmodifiableMap(new LinkedHashMap<>(wanted));
    }

    /** The settings that a file of sysctl.d holds. */
    public static Sysctls in(String file) {
        Map<String, String> wanted = new LinkedHashMap<>();
        file.lines()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .forEach(pair -> wanted.put(pair[0].strip(), pair[1].strip()));
        return new Sysctls(wanted);
    }

    @Override
    public String id() {
        return "sysctls";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(look(), Container.PROBE);
    }

    /**
     * Key to "rw 1" or "ro 1"; keys that this kernel has not are left out. A container may see keys it cannot set. Read by
     * cat: dash and busybox take a file of /proc byte by byte, and the kernel gives them the first one alone.
     */
    private Probe<Map<String, String>> look() {
        StringBuilder shell = new StringBuilder("""
                keys= files=
                at() {
                  [ -e "$2" ] || return 0
                  if [ -w "$2" ]; then way=rw; else way=ro; fi
                  keys="$keys$1 $way\\n" files="$files $2"
                }
                """);
        wanted.keySet()
                .forEach(key -> shell.append(
                        "at " + Sh.quote(key) + " " + Sh.quote("/proc/sys/" + key.replace('.', '/')) + "\n"));
        return Probe.of(
                "sysctls:" + String.join(",", wanted.keySet()),
                shell.append("""
                        [ -n "$files" ] || exit 0
                        values=$(cat $files) || exit 1
                        set -- $values
                        printf '%b' "$keys" | while read -r key way; do echo "$key $way $1"; shift; done
                        """).toString(),
                Sysctls::parse);
    }

    private static Map<String, String> parse(Answer answer) {
        Map<String, String> found = new LinkedHashMap<>();
        answer.text().lines().map(line -> line.split(" ", 2)).forEach(pair -> found.put(pair[0], pair[1]));
        return found;
    }

    @Override
    public Status status(Readings readings) {
        if (!(readings.of(look()) instanceof Reading.Known<Map<String, String>> known)) {
            return new Status.Unknown("the kernel's settings could not be read");
        }
        boolean container = readings.of(Container.PROBE).known().orElse(false);
        List<Change> changes = new ArrayList<>();
        List<String> left = new ArrayList<>();
        wanted.forEach((key, value) -> {
            String is = known.value().getOrDefault(key, "absent");
            if (enough(key, is, value)) {
                return;
            }
            notOurs(key, is, container)
                    .ifPresentOrElse(
                            left::add,
                            () -> changes.add(new Change("sysctl " + key, is.replaceFirst("^r[wo] ", ""), value)));
        });
        if (!changes.isEmpty()) {
            return new Status.Drift(changes, Worst.CHANGE);
        }
        return left.isEmpty() ? Status.SAME : new Status.NotHere(String.join("; ", left));
    }

    private static boolean enough(String key, String is, String wanted) {
        String value = is.replaceFirst("^r[wo] ", "");
        boolean limit = key.contains(".max_") && value.matches("\\d{1,18}");
        return limit ? Long.parseLong(value) >= Long.parseLong(wanted) : value.equals(wanted);
    }

    /** Why a setting is not for us to make here, if it is not. */
    private static Optional<String> notOurs(String key, String is, boolean container) {
        boolean bridge = key.startsWith("net.bridge.");
        if (is.equals("absent") && (container || !bridge)) {
            // On a machine of its own the bridge's keys come with the module that is loaded in an earlier step.
            return Optional.of("this kernel has no " + key);
        }
        if (container && !key.startsWith("net.")) {
            return Optional.of(key + " is the whole machine's and not this container's");
        }
        return is.startsWith("ro ") ? Optional.of(key + " cannot be set here") : Optional.empty();
    }

    @Override
    public Deed deed() {
        StringBuilder script = new StringBuilder("""
                container=''
                { %s; } && container=1
                set_key() {
                  file=/proc/sys/$(echo "$1" | tr . /)
                  [ -w "$file" ] || return 0
                  case "$container$1" in 1net.*) ;; 1*) return 0 ;; esac
                  case "$1" in *.max_*) [ "$(cat "$file")" -ge "$2" ] && return 0 ;; esac
                  echo "$2" >"$file"
                }
                failed=0
                """.formatted(Container.TEST));
        wanted.forEach(
                (key, value) -> script.append("set_key " + Sh.quote(key) + " " + Sh.quote(value) + " || failed=1\n"));
        return Deed.Shell.of(script + "exit $failed\n");
    }
}
