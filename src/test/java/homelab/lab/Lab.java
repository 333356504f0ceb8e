package homelab.lab;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hosts that behave like Raspberry Pis, made and changed by {@code cli/lab}. Named by this folder: clones do not meet. */
final class Lab implements AutoCloseable {
    static final String SERVER = "jarvis";
    static final String AGENT = "ultron";

    /** Names the start of k3s of an agent; each has another name. */
    static final String AGENT_START = "systemctl show -p InvocationID --value k3s-agent";

    private static final Path ROOT = Path.of("").toAbsolutePath();
    static final Duration TO_BUILD = Duration.ofMinutes(40); // lab k3s and the image, from cold caches
    private static final Duration TO_ANSWER = Duration.ofMinutes(2);

    private static final String REFUSED = "was refused - did you specify the right host or port";
    private static final String LIFE = """
        uptime
        journalctl -q --no-pager -o short-precise -u k3s -u k3s-agent |
          grep -vE 'left-over|unclean' | grep -E 'systemd\\[|exited|level=(error|fatal)|leaderelection|took too long' | tail -n 25 | cut -c1-300
        """;

    private final String name;
    private boolean up;
    private boolean used;

    private Lab(String name) {
        this.name = name;
    }

    /** Two hosts, not up yet. */
    static Lab shared() {
        return new Lab("story-" + Integer.toHexString(ROOT.hashCode()));
    }

    /** A new lab, up; what an earlier run that was killed left of it goes first. */
    static Lab of(String purpose, String nodes, String... more) {
        Lab lab = new Lab("story-" + purpose + "-" + Integer.toHexString(ROOT.hashCode()));
        lab.tool(TO_ANSWER, "down").ok();
        List<String> words = new ArrayList<>(List.of("up", "--nodes", nodes));
        words.addAll(Arrays.asList(more));
        lab.tool(TO_BUILD, words.toArray(String[]::new)).ok();
        return lab;
    }

    /** As a run left it that was broken off, with what is missing of it brought back; new where there is none. */
    static Lab again(String purpose, String nodes, String... more) {
        Lab lab = new Lab("story-" + purpose + "-" + Integer.toHexString(ROOT.hashCode()));
        List<String> words = new ArrayList<>(List.of("up", "--nodes", nodes));
        words.addAll(Arrays.asList(more));
        lab.tool(TO_BUILD, words.toArray(String[]::new)).ok();
        return lab;
    }

    /** One that somebody made by hand, or that an earlier run left; what is missing of it is brought back. */
    static Lab called(String name, String... more) {
        Lab lab = new Lab(name);
        List<String> words = new ArrayList<>(List.of("up"));
        words.addAll(Arrays.asList(more));
        lab.tool(TO_BUILD, words.toArray(String[]::new)).ok();
        return lab;
    }

    /** Makes its two hosts when they are not there; what an earlier run that was killed left of it goes first. */
    void up() {
        if (!up) {
            tool(TO_ANSWER, "down").ok();
            tool(TO_BUILD, "up").ok();
            up = true;
            used = false;
        }
    }

    /** Why this machine can have no lab; empty when it can. */
    static String missing() {
        return missing("doctor");
    }

    /** Why it can have no machines, whose power could be cut. */
    static String missingForMachines() {
        return missing("doctor", "--vm");
    }

    private static String missing(String... words) {
        Said doctor = new Lab("lab").tool(TO_ANSWER, words);
        return doctor.out()
                .lines()
                .filter(line -> line.startsWith("✗") || line.startsWith("    why"))
                .map(line -> line.replaceFirst("^(✗| *why) *", ""))
                .collect(Collectors.joining(": "));
    }

    /** Hosts on which nothing was done yet. */
    Lab bare() {
        if (used) {
            close();
        }
        up();
        return this;
    }

    /** A running cluster of both hosts, made now if no story has made it yet. */
    void cluster(Homelab homelab) {
        used();
        Run run = homelab.run("bootstrap", "--yes");
        if (run.exit() != Exit.DONE) {
            throw new AssertionError("no cluster to begin with:\n" + run.err());
        }
    }

    /** From now on the hosts are no longer bare. */
    void used() {
        used = true;
    }

    String name() {
        return name;
    }

    Path inventory() {
        return ROOT.resolve("inventory/" + name + ".yaml");
    }

    Path state() {
        return ROOT.resolve("target/lab/" + name);
    }

    /** Where release files come from: the address, to which a fault may be added. */
    String mirror() {
        return tool(TO_ANSWER, "mirror").ok();
    }

    /** The mirror has the next minor too: lab k3s with another Kubernetes and etcd, which is built the first time. */
    void serveNext() {
        tool(Duration.ofMinutes(20), "mirror", "next").ok();
    }

    /** A file of the mirror, into a folder of this machine. */
    void bring(String file, Path folder) {
        String from = mirror().lines().findFirst().orElseThrow() + file;
        Said.by(TO_ANSWER, "curl", "-fsS", "--noproxy", "*", "--output-dir", folder.toString(), "-O", from)
                .ok();
    }

    /** A file of a host, as one of this machine. */
    void take(String node, String path, Path file) {
        Said.by(TO_ANSWER, "docker", "cp", "-q", "homelab-" + name + "-" + node + ":" + path, file.toString())
                .ok();
    }

    /** A repository of the lab, made when it is not there: its address. */
    String repository(String name) {
        return tool(TO_ANSWER, "git", "init", name).ok();
    }

    /** The repository becomes what the folder holds. */
    void push(String repository, Path folder) {
        tool(TO_ANSWER, "git", "push", repository, folder.toString()).ok();
    }

    /** From now on it asks for a password. */
    void lock(String repository, String user, Path password) {
        String words = "cli/lab --name " + name + " git lock " + repository + " " + user + " <" + password;
        Said.by(TO_ANSWER, "bash", "-c", words).ok();
    }

    /** Its address over SSH, which this key opens, and the server's own key as a line of {@code known_hosts}. */
    List<String> overSsh(String repository, Path publicKey) {
        return tool(TO_ANSWER, "git", "ssh", repository, publicKey.toString())
                .ok()
                .lines()
                .toList();
    }

    /** It answers 503. */
    void breakDown(String repository) {
        tool(TO_ANSWER, "git", "break", repository).ok();
    }

    /** A machine loses its power; of a container, which has none of its own, all processes die at once. */
    void lose(String node) {
        tool(TO_ANSWER, isMachine(node) ? "cut" : "kill", node).ok();
    }

    /** A machine gets power again and answers by SSH, which takes minutes where it is emulated. */
    void powerOn(String node) {
        tool(Duration.ofMinutes(11), "start", node).ok();
    }

    boolean isMachine(String node) {
        return Files.isDirectory(state().resolve("vm").resolve(node));
    }

    void add(String node) {
        used();
        tool(TO_ANSWER, "add", node).ok();
    }

    void stop(String node) {
        tool(TO_ANSWER, "stop", node).ok();
    }

    /** All its processes die at once. */
    void kill(String node) {
        tool(TO_ANSWER, "kill", node).ok();
    }

    /** As a minute after its end: this machine has forgotten which network card had the address. */
    void forget(String node) {
        Said.by(TO_ANSWER, "ip", "neigh", "flush", "to", address(node)).ok();
    }

    void start(String node) {
        tool(TO_ANSWER, "start", node).ok();
    }

    private Said tool(Duration limit, String... words) {
        List<String> command = new ArrayList<>(List.of("cli/lab", "--name", name));
        command.addAll(Arrays.asList(words));
        return Said.by(limit, command.toArray(String[]::new));
    }

    /**
     * What a script says on a host, as root; it must succeed. k3s starts again by itself when a machine
     * stood still for ten seconds (leases of Kubernetes run out); a story outlives that, and says so.
     */
    String on(String node, String script) {
        Said said = tried(node, script);
        for (int i = 0; i < 20 && said.exit() != 0 && said.err().contains(REFUSED); i++) {
            System.err.println(node + " of " + name + ": no API answers, asked again");
            tried(node, "sleep 3");
            said = tried(node, script);
        }
        return said.ok();
    }

    Said tried(String node, String script) {
        return tried(TO_ANSWER, node, script);
    }

    Said tried(Duration limit, String node, String script) {
        return Said.by(limit, onto(node, script));
    }

    /** What runs a script on a host as root: without SSH where that can be done. */
    String[] onto(String node, String script) {
        if (isMachine(node)) {
            String quoted = "'" + script.replace("'", "'\\''") + "'";
            return new String[] {"cli/lab", "--name", name, "ssh", node, "sudo bash -c " + quoted};
        }
        return new String[] {"docker", "exec", "homelab-" + name + "-" + node, "bash", "-c", script};
    }

    /** When k3s was started and why it ended, on each host. */
    String lifeOfK3s() {
        return nodes().map(node -> node + ":\n" + tried(node, LIFE).out()).collect(Collectors.joining());
    }

    /** "10.77.0.0/24" */
    String lan() {
        return inventoryLines()
                .filter(line -> line.startsWith("  lan:"))
                .map(line -> line.replaceFirst("  lan: *", "").strip())
                .findFirst()
                .orElseThrow();
    }

    List<String> nodeNames() {
        return nodes().toList();
    }

    private Stream<String> nodes() {
        return inventoryLines()
                .filter(line -> line.matches("  \\w+: \\{address.*"))
                .map(line -> line.strip().split(":")[0]);
    }

    private Stream<String> inventoryLines() {
        try {
            return Files.readAllLines(inventory()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address(String node) {
        return inventoryLines()
                .filter(line -> line.startsWith("  " + node + ":"))
                .map(line -> line.replaceFirst(".*address: ([0-9.]+).*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        tool(TO_ANSWER, "down").ok();
        up = false;
    }
}
