package homelab.facts;

import homelab.facts.Facts.Dns;
import homelab.facts.Facts.Mounts;
import homelab.facts.Facts.NetworkMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that {@link SystemProbe} copies: modules, swap, name servers, locks of the package manager. */
final class SystemFiles {
    private SystemFiles() {}

    static Set<String> modules(Sections said) {
        Stream<String> builtin = said.lines("builtin").stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.ko.*$", ""));
        return Stream.concat(said.lines("modules").stream(), builtin)
                .map(name -> name.replace('-', '_'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The first line of /proc/swaps is its heading. */
    static List<String> swap(Sections said) {
        return said.lines("swap").stream()
                .skip(1)
                .map(line -> line.split("\\s")[0])
                .toList();
    }

    /** Behind systemd-resolved's own address stand the servers that it asks; those are what matters. */
    static Dns dns(Sections said) {
        Dns own = dns(said.lines("dns"));
        boolean stub = own.servers().contains("127.0.0.53");
        return stub && !said.text("dns-upstream").isEmpty() ? dns(said.lines("dns-upstream")) : own;
    }

    private static Dns dns(List<String> lines) {
        List<String> servers = new ArrayList<>();
        List<String> search = new ArrayList<>();
        for (String line : lines) {
            List<String> words = List.of(line.strip().split("\\s+"));
            if (words.get(0).equals("nameserver") && words.size() > 1) {
                servers.add(words.get(1));
            } else if (words.get(0).equals("search")) {
                search.addAll(words.subList(1, words.size()));
            }
        }
        return new Dns(List.copyOf(servers), List.copyOf(search));
    }

    /**
     * Whether somebody holds a lock of dpkg or apt. They lock with fcntl, which flock(1) cannot test without taking the
     * lock itself, so the kernel's table of locks is read: {@code 1: POSIX ADVISORY WRITE 812 fe:00:1234 0 EOF}.
     */
    static boolean packagesLocked(Sections said) {
        List<String> lines = said.lines("locks");
        Set<String> ours = lines.stream()
                .filter(line -> line.startsWith("lock "))
                .map(SystemFiles::deviceAndInode)
                .collect(Collectors.toSet());
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 5 && words[3].equals("WRITE"))
                .anyMatch(words -> ours.contains(words[5]));
    }

    /** From stat's decimal device number to what the kernel prints; see makedev(3) for the bits. */
    private static String deviceAndInode(String line) {
        String[] words = line.split(" ");
        long device = Long.parseLong(words[1]);
        long major = (device >> 8) & 0xfff;
        long minor = (device & 0xff) | ((device >> 12) & 0xfff00);
        return String.format(Locale.ROOT, "%02x:%02x:%s", major, minor, words[2]);
    }

    /** Lines of /proc/self/mountinfo (proc_pid_mountinfo(5)); optional fields end at "-". */
    static Mounts mounts(Sections said) {
        List<NetworkMount> network = new ArrayList<>();
        boolean shared = false;
        for (String line : said.lines("mounts")) {
            String[] halves = line.split(" - ", 2);
            String[] mount = halves[0].split(" ");
            String[] system = halves.length < 2 ? new String[0] : halves[1].split(" ");
            if (mount.length > 4 && system.length > 2 && system[0].matches("nfs4?")) {
                boolean hard =
                        !List.of(system[2].split(",")).stream().anyMatch(option -> option.matches("soft|softerr"));
                network.add(new NetworkMount(system[1], mount[4], hard));
            } else if (mount.length > 4 && mount[4].equals("/")) {
                shared = halves[0].contains(" shared:");
            }
        }
        return new Mounts(shared, network);
    }

    static String initiator(Sections said) {
        return said.lines("initiator").stream()
                .filter(line -> line.startsWith("InitiatorName="))
                .map(line -> line.substring("InitiatorName=".length()).strip())
                .findFirst()
                .orElse("");
    }

    static boolean packagesInterrupted(Sections said) {
        return !said.text("updates").isEmpty();
    }
}
