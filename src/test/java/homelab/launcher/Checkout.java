package homelab.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real launcher in a checkout of its own, whose Maven makes an empty jar and whose Java writes down what it was
 * given. The folder's name has a space in it, as people's have.
 */
final class Checkout {
    private static final String FAKE_JAVA = """
            #!/bin/sh
            case " $* " in
              *" -Xshare:dump "*)
                for word; do
                  case $word in
                    -XX:SharedClassListFile=*) classes=${word#*=} ;;
                    -XX:SharedArchiveFile=*) archive=${word#*=} ;;
                  esac
                done
                [ -z "$(sed 's/ id: .*//' "$classes" | sort | uniq -d)" ] && ! grep -v / "$classes" || exit 1
                cp "$classes" "$archive" ;;
              *)
                for word; do
                  printf '%s\\n' "$word"
                  case $word in
                    -XX:DumpLoadedClassList=*)
                      printf '%s\\n' "java/lang/Object id: $$" "${LOADED:-java/lang/Class}" half/a/na >"${word#*=}" ;;
                  esac
                done ;;
            esac
            """;
    private static final String FAKE_MAVEN = """
            #!/bin/sh
            echo built >>builds
            for word; do case $word in -Dbuild.folder=*) folder=${word#*=} ;; esac; done
            mkdir -p "$folder/lib" && echo jar >"$folder/homelab.jar"
            """;

    final Path home;
    final Path root;
    final Map<String, String> environment = new HashMap<>();

    Checkout(Path folder) throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        root = folder.resolve("my checkout");
        copyLauncher();
        write("pom.xml", "<project/>");
        write("src/main/java/Main.java", "class Main {}");
        program(root.resolve("mvnw"), FAKE_MAVEN);
        environment.put("HOME", home.toString());
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("HOMELAB_JVMS", home.resolve("jvm").toString());
    }

    private void copyLauncher() throws IOException {
        Files.createDirectories(root.resolve("cli"));
        Files.copy(Path.of("cli/homelab"), launcher());
    }

    Path launcher() {
        return root.resolve("cli/homelab");
    }

    Path cache() {
        return home.resolve(".cache/homelab");
    }

    void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** A Java of that version with a compiler; chosen by JAVA_HOME until told otherwise. */
    Path java(String version) throws IOException {
        Path jdk = runtime(version);
        program(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        environment.put("JAVA_HOME", jdk.toString());
        return jdk;
    }

    /** A Java of that version without a compiler. */
    Path runtime(String version) throws IOException {
        Path jdk = home.resolve("jvm/java-" + version);
        program(jdk.resolve("bin/java"), FAKE_JAVA);
        Files.writeString(
                jdk.resolve("release"),
                "IMPLEMENTOR=\"Some Body\"\nJAVA_RUNTIME_VERSION=\"" + version + "+1\"\nJAVA_VERSION=\"" + version
                        + "\"\n");
        return jdk;
    }

    static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        file.toFile().setExecutable(true);
    }

    long builds() throws IOException {
        Path builds = root.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    /** What a run of the launcher left. */
    record Ran(int exit, List<String> out, String err) {}

    Ran run(String... words) throws IOException, InterruptedException {
        return run(launcher(), root, words);
    }

    Ran run(Path script, Path folder, String... words) throws IOException, InterruptedException {
        Process process = start(script, folder, words);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the launcher hangs");
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.exitValue(), out.lines().toList(), err);
    }

    Process start(Path script, Path folder, String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(script.toString());
        builder.command().addAll(List.of(words));
        builder.directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
