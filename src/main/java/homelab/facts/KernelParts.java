package homelab.facts;

import homelab.facts.Facts.Drivers;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@link SystemProbe} saw of the kernel's parts, and of time as the host itself wrote it down. */
final class KernelParts {
    private static final Pattern VERSION = Pattern.compile("v(\\d+(?:\\.\\d+)*)");

    private KernelParts() {}

    /** Version 2 names its controllers in one line, version 1 has a table. */
    static int cgroupVersion(Sections said) {
        return SystemProbe.needed(said, "cgroups").lines().count() == 1 ? 2 : 1;
    }

    static Drivers drivers(Sections said) {
        List<String> words = SystemProbe.needed(said, "drivers").lines().toList();
        Set<String> lacking = words.stream().skip(1).collect(Collectors.toSet());
        return new Drivers(words.get(0).equals("there"), lacking);
    }

    /** {@code iptables v1.8.9 (nf_tables)} */
    static String iptables(Sections said) {
        Matcher version = VERSION.matcher(said.text("iptables"));
        return version.find() ? version.group(1) : "";
    }

    /** The epoch where the host keeps none of these files: then every clock is right. */
    static Instant newest(Sections said) {
        return said.lines("newest").stream()
                .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    static boolean container(Sections said) {
        return SystemProbe.needed(said, "container").equals("yes");
    }
}
