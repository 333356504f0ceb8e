package homelab.resource;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks probes and does deeds with this machine's sh, as the collector would on a host. For scratch folders only. */
public final class LocalSh {
    private final Map<String, String> environment;

    public LocalSh() {
        this(Map.of());
    }

    /** @param environment added to this process's; a PATH of fakes, say */
    public LocalSh(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What a script left; both outputs in one. */
    public record Ran(int exit, String out) {}

    public Status status(Resource resource) {
        return resource.status(readings(resource.probes()));
    }

    public Readings readings(List<Probe<?>> probes) {
        Map<String, Reading<?>> byId = new HashMap<>();
        probes.forEach(probe -> byId.put(probe.id(), reading(probe)));
        return new Readings(byId);
    }

    private <T> Reading<T> reading(Probe<T> probe) {
        Ran ran = run(probe.shell());
        return reading(probe, ran.exit(), ran.out());
    }

    /** What the probe makes of an answer. */
    public static <T> Reading<T> reading(Probe<T> probe, int exit, String out) {
        try {
            byte[] bytes = out.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            return new Reading.Known<>(probe.parser().apply(new Answer(exit, bytes, false)));
        } catch (RuntimeException e) {
            return new Reading.Unknown<>(String.valueOf(e.getMessage()));
        }
    }

    /** Readings in which each probe of the resource with that id answers that text, all others being Unknown. */
    public static Readings answering(Resource resource, String probeId, String out) {
        for (Probe<?> probe : resource.probes()) {
            if (probe.id().equals(probeId)) {
                return new Readings(Map.of(probeId, reading(probe, 0, out)));
            }
        }
        throw new IllegalArgumentException("no probe " + probeId + " in " + resource.id());
    }

    public Ran apply(Resource resource) {
        return run(((Deed.Shell) resource.deed()).script());
    }

    public Ran run(String script) {
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-s").redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (var in = process.outputWriter()) {
                in.write(script);
            }
            String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            process.waitFor(30, TimeUnit.SECONDS);
            return new Ran(process.exitValue(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@code user:group} of whoever runs the tests, since only root may give files away. */
    public static String me() {
        return new LocalSh().run("echo \"$(id -un):$(id -gn)\"").out().strip();
    }

    /** The file, owned by whoever runs the tests. */
    public static TextFile mine(Path path, String text) {
        return new TextFile(path.toString(), Content.of(text), "0640", me(), Worst.RESTART);
    }
}
