package homelab.lab;

import homelab.command.Run;
import homelab.report.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The program as a user of a lab has it. All that belongs to the user lies in a folder of the story; only downloaded
 * and built artefacts are shared with the user of this machine, to save time.
 *
 * @param edit what this user's inventory says otherwise than the lab's
 */
record Homelab(Lab lab, Path folder, Map<String, String> env, UnaryOperator<String> edit) {

    static Homelab of(Lab lab, Path folder) {
        Map<String, String> env = new HashMap<>();
        env.put("HOME", folder.resolve("home").toString());
        env.put("XDG_STATE_HOME", folder.resolve("state").toString());
        env.put("XDG_CACHE_HOME", sharedCache());
        env.put("KUBECONFIG", folder.resolve("kubeconfig").toString());
        env.put("LC_ALL", "C.UTF-8");
        env.put("PATH", System.getenv("PATH"));
        return new Homelab(lab, folder, Map.copyOf(env), UnaryOperator.identity());
    }

    private static String sharedCache() {
        String own = System.getenv("XDG_CACHE_HOME");
        return own != null ? own : System.getenv("HOME") + "/.cache";
    }

    Homelab with(String variable, Object value) {
        Map<String, String> changed = new HashMap<>(env);
        changed.put(variable, value.toString());
        return new Homelab(lab, folder, Map.copyOf(changed), edit);
    }

    /** The same user with another inventory: each pair is a text of the lab's, and what stands there instead. */
    Homelab where(String from, String to) {
        UnaryOperator<String> also = text -> {
            String changed = edit.apply(text).replace(from, to);
            if (changed.equals(edit.apply(text))) {
                throw new AssertionError("there is no '" + from + "' in the inventory:\n" + text);
            }
            return changed;
        };
        return new Homelab(lab, folder, env, also);
    }

    /** The same user who wants one release, with Helm from there. */
    Homelab releasing(String helm, String release) {
        return where(
                "nodes:\n", "addons:\n  helm: {downloads: " + helm + "}\n  releases:\n    " + release + "\nnodes:\n");
    }

    /** Runs it in this process. */
    Run run(String... words) {
        return run(Terminal.PIPE, words);
    }

    Run run(Terminal terminal, String... words) {
        return Run.of(terminal, env, arguments(words));
    }

    /** The words with the inventory as it is now. */
    String[] arguments(String... words) {
        List<String> arguments = new ArrayList<>(Arrays.asList(words));
        arguments.addAll(List.of("-i", inventory().toString()));
        return arguments.toArray(String[]::new);
    }

    private Path inventory() {
        Path file = folder.resolve("inventory.yaml");
        try {
            String text = Files.readString(lab.inventory())
                    .replace("../target/lab/" + lab.name(), lab.state().toString());
            Files.createDirectories(folder);
            return Files.writeString(file, edit.apply(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path kubeconfig() {
        return Path.of(env.get("KUBECONFIG"));
    }

    /** All files of the user. */
    List<String> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
