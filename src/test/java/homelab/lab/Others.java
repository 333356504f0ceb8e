package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import homelab.report.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Three servers and two agents that another tool made, and its user with the inventory that {@code init} writes.
 *
 * @param inventory of the user
 */
record Others(Lab lab, Homelab user, Path inventory) {
    static final List<String> SERVERS = List.of("vision", "jarvis", "friday");
    static final List<String> AGENTS = List.of("ultron", "edith");
    private static final String NODES = "vision:server,jarvis:server,friday:server,ultron:agent,edith:agent";

    /** The way back of docs/how-to/adopt.md, without the restart: what runs was started by the very files. */
    private static final String BACK = """
            kept=/var/lib/homelab/adopted
            [ -d $kept ] || exit 0
            rm -f /etc/rancher/k3s/config.yaml /etc/systemd/system/k3s*.service.d/10-homelab.conf /run/homelab/k3s.started
            (cd $kept && find . -type f -print0 | tar -c --null -T - -f -) | tar -x -p -C / -f - # files alone: / keeps its mode
            rm -rf $kept
            systemctl daemon-reload
            """;

    static Others madeBy(Labs labs, String tool) {
        Lab lab = labs.again("of-" + tool.replaceFirst("-.*", ""), NODES, "--made-by", tool);
        Homelab user = InLab.user(lab, "Others-" + tool);
        return new Others(lab, user, user.folder().resolve("mine.yaml"));
    }

    /** With the inventory that is to be written, or was. */
    String[] words(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("-i", inventory.toString()));
        return all.toArray(String[]::new);
    }

    Run run(String... words) {
        return Run.of(Terminal.PIPE, user.env(), words(words));
    }

    Run done(String... words) {
        Run run = run(words);
        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.DONE);
        return run;
    }

    /** By {@code init}, anew; only where the lab's release files come from is the lab's to say. */
    String written() {
        try {
            Files.deleteIfExists(inventory);
            String key = lab.state().resolve("id_ed25519").toString();
            String known = lab.state().resolve("known_hosts").toString();
            done("init", "--from", lab.address(SERVERS.get(0)), "--key", key, "--known-hosts", known);
            String text = Files.readString(inventory);
            edit(all -> all.replace(
                    "k3s:\n",
                    "k3s:\n  releases: " + lab.mirror().lines().findFirst().orElseThrow() + "\n"));
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void edit(UnaryOperator<String> change) {
        try {
            Files.writeString(inventory, change.apply(Files.readString(inventory)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> nodes() {
        List<String> all = new ArrayList<>(SERVERS);
        all.addAll(AGENTS);
        return all;
    }

    /** How k3s lives on each node. */
    Map<String, Life> lives() {
        Map<String, Life> lives = new TreeMap<>();
        nodes().forEach(node -> lives.put(node, Life.of(lab, node)));
        return lives;
    }

    void back() {
        nodes().forEach(node -> lab.on(node, BACK));
    }
}
