package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two bare hosts become a cluster though at each write that the plan names there is no room for it: the run ends with
 * what, why and fix, nothing half-written is left, and when room was made the next run goes on. Between two of them a run
 * is killed when it has done one thing more; what its last script did by then is tried in another run of this. Run by
 * hand; what has passed is kept in {@code target/soak} and not tried again.
 */
@ExtendWith(InLab.class)
@Timeout(3000)
class DiskFullSoak {
    private static final SoakTable TABLE = SoakTable.of("disk-full");
    private static final int MOST = 150;

    private Lab lab;
    private Homelab homelab;
    private final Set<String> tried = new LinkedHashSet<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private final List<String> wrong = new ArrayList<>();

    /** A step of a plan that is to be done, and a folder of the host that it writes to. */
    private record Write(String node, String id, String folder) {
        String title() {
            return id + " | " + folder;
        }
    }

    @Test
    void endsWithItsReasonAtEachWriteAndGoesOnWhenThereIsRoom(Labs labs) throws IOException {
        try (Lab own = labs.own("full", "jarvis:server,ultron:agent")) {
            lab = own;
            homelab = InLab.user(lab, "DiskFullSoak");
            for (int i = 0; i < MOST && goesOn(); i++) {
                oneMore();
            }
            Run last = Interruption.goingOn(homelab);
            assertThat(last.exit()).as(last.err()).isEqualTo(Exit.DONE);
            Run plan = homelab.run("plan", "--exit-code");
            assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
            assertThat(lab.on("jarvis", "k3s kubectl get nodes --no-headers").lines())
                    .hasSize(2)
                    .allMatch(line -> line.matches("\\S+ +Ready .*"));
        }
        seen.removeIf(TABLE::has);
        System.out.println("not tried: " + seen);
        assertThat(wrong).isEmpty();
    }

    /** Whether there is still something to write; all that it writes and was not yet tried is tried. */
    private boolean goesOn() throws IOException {
        List<Write> next = next();
        next.stream()
                .filter(write -> !TABLE.has(write.title()) && tried.add(write.title()))
                .forEach(this::withoutRoom);
        return !next.isEmpty();
    }

    /** By the first step of the plan that writes. */
    private List<Write> next() throws IOException {
        JsonNode plan =
                new ObjectMapper().readTree(homelab.run("plan", "-o", "json").out());
        List<Write> first = new ArrayList<>();
        for (JsonNode step : plan.path("steps")) {
            List<Write> writes = writes(step);
            writes.forEach(write -> seen.add(write.title()));
            if (first.isEmpty()) {
                first.addAll(writes);
            }
        }
        return first;
    }

    private List<Write> writes(JsonNode step) {
        String node = step.path("target").asText();
        if (!step.path("status").asText().equals("drift") || !lab.nodeNames().contains(node)) {
            return List.of();
        }
        Set<String> folders = new TreeSet<>();
        step.path("changes")
                .forEach(change -> folder(change.path("what").asText()).forEach(folders::add));
        String id = step.path("id").asText();
        return folders.stream().map(folder -> new Write(node, id, folder)).toList();
    }

    /** What is in /etc itself is left out: it would take all of /etc for a file system of its own. */
    private static Stream<String> folder(String what) {
        return Stream.of(what.split(" ")[0])
                .filter(path -> path.matches("/\\S+/\\S+") && !path.matches("/etc/[^/]+"))
                .map(path -> String.valueOf(Path.of(path).getParent()));
    }

    private void withoutRoom(Write write) {
        FullFolder full = FullFolder.of(lab, write.node(), write.folder());
        String before = full.content();
        Run run = Interruption.goingOn(homelab);
        String after = full.content();
        full.makeRoom();
        System.out.println(write.node() + " " + write.title() + " -> " + run.exit() + "\n" + told(run));
        if (run.exit() == Exit.FAILED
                && Stream.of(write.node(), "why", "fix", "No space left on device")
                        .allMatch(run.err()::contains)
                && after.equals(before)) {
            TABLE.keep("| " + write.title() + " |\n");
        } else {
            wrong.add(write + " -> " + run.exit() + "\n" + told(run) + "\nbefore:\n" + before + "\nafter:\n" + after);
            System.out.println("WRONG " + wrong.get(wrong.size() - 1));
        }
    }

    private static String told(Run run) {
        int problem = run.err().indexOf("✗");
        return problem < 0 ? run.err() : run.err().substring(problem);
    }

    /** A run that is killed when it has done one thing, unless that was all. */
    private void oneMore() {
        Launched run = Launched.homelab(homelab, "bootstrap", "--yes");
        run.until(
                "one more thing is done, or the run has ended",
                () -> !InterruptionSoak.done(run).isEmpty() || !run.alive());
        if (run.alive()) {
            Interruption.KILLED.hit(lab, run);
        }
    }
}
