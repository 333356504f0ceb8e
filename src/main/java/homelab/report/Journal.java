package homelab.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.run.Event;
import homelab.run.Events;
import homelab.run.Time;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run did, as JSON lines for people and scripts. Nothing is ever read back from it to decide anything. */
public final class Journal implements Events, AutoCloseable {
    private final Path file;
    private final BufferedWriter out;
    private final Time time;
    private final ObjectMapper mapper = new ObjectMapper();

    private Journal(Path file, BufferedWriter out, Time time) {
        this.file = file;
        this.out = out;
        this.time = time;
    }

    /**
     * @param folder of the cluster's journals; made with mode 0700
     * @throws Failure when it cannot be written
     */
    public static Journal open(Path folder, String verb, Time time) {
        String name = time.now().toString().replaceAll("[:.]", "-") + "-" + verb + ".jsonl";
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new Journal(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8), time);
        } catch (IOException e) {
            Problem problem = Problem.of(
                    "the journal cannot be written",
                    file + ": " + words(e),
                    "make the folder writable, or set XDG_STATE_HOME to one that is");
            throw new Failure(Exit.FAILED, problem, e);
        }
    }

    /** Java's messages repeat the path and name the class of the exception. */
    private static String words(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException fault ? fault.getReason() : e.getMessage();
        return reason == null ? "something else is in its place" : reason;
    }

    public Path file() {
        return file;
    }

    @Override
    public void tell(Event event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", time.now().toString());
        if (event instanceof Event.StepDone done) {
            line.put("event", "done");
            line.put("step", EventText.title(done.step()));
            line.put("phase", done.step().phase());
            line.put("ms", done.took().toMillis());
            line.put("changes", PlanJson.changes(done.changes()));
        } else if (event instanceof Event.StepFailed failed) {
            line.put("event", "failed");
            line.put("step", EventText.title(failed.step()));
            line.putAll(problem(failed.problem()));
        } else if (event instanceof Event.Asked asked) {
            line.put("event", "asked");
            line.put("node", asked.node().text());
            line.put("what", asked.title());
            line.put("outcome", asked.outcome());
            line.put("ms", asked.took().toMillis());
        } else {
            String text = EventText.of(event).orElse("");
            if (text.isEmpty()) {
                return;
            }
            line.put("event", "note");
            line.put("text", text);
        }
        write(line);
    }

    public void end(Exit exit) {
        write(Map.of("at", time.now().toString(), "event", "end", "exit", exit.code()));
    }

    private static Map<String, String> problem(Problem problem) {
        return Map.of("what", problem.what(), "why", problem.why(), "fix", problem.fix());
    }

    private synchronized void write(Map<String, ?> line) {
        try {
            out.write(Json.line(mapper, line));
            out.newLine();
            out.flush();
        } catch (IOException e) {
            // A full disk must not stop the repair of a cluster; the terminal still tells everything.
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            // Nothing more can be done for it.
        }
    }
}
