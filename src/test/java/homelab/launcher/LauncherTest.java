package homelab.launcher;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    /** A class that is loaded when a host has answered. */
    private static final String REACHED = "homelab/probe/ProbeFrames";

    @TempDir
    Path folder;

    private Checkout checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = new Checkout(folder);
    }

    @Test
    void givesEveryArgumentToMainUntouched() throws Exception {
        checkout.java("17.0.15");
        List<String> out = checkout.run("plan", "two words", "", "$HOME", "*").out();
        int main = out.indexOf("homelab.Main");
        assertThat(out.subList(main + 1, out.size())).containsExactly("plan", "two words", "", "$HOME", "*");
        assertThat(out).contains("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }

    @Test
    void keepsTheJvmsOwnWordsOffStandardOutput() throws Exception {
        checkout.java("17.0.15");
        assertThat(checkout.run("plan").out()).containsSubsequence("-Xlog:disable", "-Xlog:all=error:stderr");
    }

    @Test
    void hasAJvmThatCrashesKeepWhatItHeldToItself() throws Exception {
        checkout.java("17.0.2");
        assertThat(checkout.run("plan").out()).contains("-XX:ErrorFile=/dev/null", "-XX:-CreateCoredumpOnCrash");
    }

    @Test
    void worksThroughSymlinksFromAnyFolder() throws Exception {
        checkout.java("17.0.15");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("absolute"), checkout.launcher());
        Files.createSymbolicLink(bin.resolve("homelab"), Path.of("absolute"));
        Checkout.Ran ran = checkout.run(bin.resolve("homelab"), Path.of("/"), "status");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).endsWith("homelab.Main", "status");
    }

    @Test
    void buildsOnceAndSaysSo() throws Exception {
        checkout.java("17.0.15");
        assertThat(checkout.run("status").err()).contains("building once");
        assertThat(checkout.run("status").err()).isEmpty();
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void buildsAnewWhenASourceChanges() throws Exception {
        checkout.java("17.0.15");
        checkout.run("status");
        checkout.write("src/main/java/Main.java", "class Main { int changed; }");
        checkout.run("status");
        assertThat(checkout.builds()).isEqualTo(2);
    }

    @Test
    void buildsAnewWhenAnOldFileIsMovedInOrOneGoes() throws Exception {
        checkout.java("17.0.15");
        checkout.run("status");
        Path moved = folder.resolve("Old.java");
        Files.writeString(moved, "class Old {}");
        Files.setLastModifiedTime(moved, FileTime.from(Instant.EPOCH));
        Files.move(moved, checkout.root.resolve("src/main/java/Old.java"));
        checkout.run("status");
        assertThat(checkout.builds()).isEqualTo(2);
    }

    @Test
    void aFileThatWasOnlyTouchedBuildsNothing() throws Exception {
        checkout.java("17.0.15");
        checkout.run("status");
        checkout.write("src/main/java/Main.java", "class Main {}");
        assertThat(checkout.run("status").err()).isEmpty();
    }

    @Test
    void aSecondCloneFindsTheProgramBuiltForTheFirst() throws Exception {
        checkout.java("17.0.15");
        checkout.run("status");
        Checkout second = new Checkout(folder.resolve("again"));
        second.environment.putAll(checkout.environment);
        assertThat(second.run("status").err()).isEmpty();
        assertThat(second.builds()).isZero();
    }

    @Test
    void twoFirstStartsAtOnceBuildOnce() throws Exception {
        checkout.java("17.0.15");
        Checkout.program(checkout.root.resolve("mvnw"), Files.readString(checkout.root.resolve("mvnw")) + "sleep 1\n");
        Process first = checkout.start(checkout.launcher(), folder, "status");
        Process second = checkout.start(checkout.launcher(), folder, "status");
        assertThat(first.waitFor(60, SECONDS) && second.waitFor(60, SECONDS)).isTrue();
        assertThat(first.exitValue() + second.exitValue()).isZero();
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void takesOverTheLockOfAStartThatWasKilled() throws Exception {
        checkout.java("17.0.15");
        checkout.run("status");
        Path program = onlyChild(checkout.cache().resolve("jar"));
        Files.delete(program.resolve("homelab.jar"));
        Files.delete(program.resolve("lib"));
        Files.delete(program);
        Files.createSymbolicLink(Path.of(program + ".lock"), Path.of("99999999"));
        assertThat(checkout.run("status").exit()).isZero();
        assertThat(Path.of(program + ".lock")).doesNotExist();
    }

    @Test
    void aBuildThatFailsLeavesNoProgramAndSaysWhatToDo() throws Exception {
        checkout.java("17.0.15");
        Checkout.program(checkout.root.resolve("mvnw"), "#!/bin/sh\necho broken >&2\nexit 1\n");
        Checkout.Ran ran = checkout.run("status");
        assertThat(ran.exit()).isEqualTo(70);
        assertThat(ran.err()).contains("broken", "it could not be built", "fix  cd '", "./mvnw package");
        assertThat(checkout.cache().resolve("jar")).isEmptyDirectory();
    }

    @Test
    void makesAClassArchiveAtTheFirstStartAndMapsIt() throws Exception {
        checkout.java("17.0.15");
        List<String> first = checkout.run("validate").out();
        Path archive = onlyChild(checkout.cache().resolve("cds"));
        assertThat(archive).hasExtension("jsa");
        assertThat(first).contains("-XX:SharedArchiveFile=" + archive);
        FileTime made = Files.getLastModifiedTime(archive);
        assertThat(checkout.run("validate").out()).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
    }

    @Test
    void recordsTheFirstRunThatReachesAHostAndMapsAnArchiveOfItFromTheSecondOn() throws Exception {
        checkout.java("17.0.15");
        checkout.environment.put("LOADED", REACHED);
        assertThat(checkout.run("facts").out()).anyMatch(LauncherTest::records);
        for (int run = 2; run <= 3; run++) {
            List<String> out = checkout.run("facts").out();
            assertThat(out).noneMatch(LauncherTest::records);
            assertThat(Files.readAllLines(archive(out))).hasSize(2).endsWith(REACHED);
        }
        assertThat(children(checkout.cache().resolve("cds"))).hasSize(2);
    }

    @Test
    void aRunThatReachedNoHostTeachesNothing() throws Exception {
        checkout.java("17.0.15");
        for (int run = 1; run <= 3; run++) {
            assertThat(checkout.run("status").out()).anyMatch(LauncherTest::records);
            assertThat(children(checkout.cache().resolve("cds"))).hasSize(2);
        }
    }

    @Test
    void mapsTheLightArchiveWhereNoHostIsReached() throws Exception {
        checkout.java("17.0.15");
        checkout.environment.put("LOADED", REACHED + " id: 1042"); // as newer JVMs have it
        checkout.run("plan");
        Path archive = archive(checkout.run("plan").out());
        assertThat(archive(checkout.run("--version").out())).isNotEqualTo(archive);
        assertThat(archive(checkout.run().out())).isNotEqualTo(archive);
        assertThat(archive(checkout.run("status").out())).isNotEqualTo(archive);
        assertThat(archive(checkout.run("bootstrap").out())).isEqualTo(archive);
    }

    @Test
    void bootstrapAndPlanShareOneArchiveWhicheverCameFirst() throws Exception {
        checkout.java("17.0.15");
        checkout.environment.put("LOADED", REACHED);
        assertThat(checkout.run("bootstrap").out()).anyMatch(LauncherTest::records);
        Path archive = archive(checkout.run("plan").out());
        assertThat(Files.readAllLines(archive)).endsWith(REACHED);
        assertThat(archive(checkout.run("bootstrap").out())).isEqualTo(archive);
    }

    @Test
    void doesNotRecordWhatIsRunSeldom() throws Exception {
        checkout.java("17.0.15");
        for (String verb : List.of("join-node", "kubeconfig", "validate")) {
            assertThat(checkout.run(verb).out()).noneMatch(LauncherTest::records);
        }
    }

    @Test
    void makesAnotherArchiveForAnotherJavaAndForAnotherProgram() throws Exception {
        checkout.java("17.0.15");
        checkout.run("validate");
        checkout.java("25.0.3");
        checkout.run("validate");
        assertThat(children(checkout.cache().resolve("cds"))).hasSize(2);
        checkout.write("pom.xml", "<project>changed</project>");
        checkout.run("validate");
        assertThat(children(checkout.cache().resolve("cds"))).hasSize(3);
    }

    @Test
    void removesWhatOtherVersionsLeftAfterADay() throws Exception {
        checkout.java("17.0.15");
        checkout.run("validate");
        for (String kind : List.of("cds", "jar")) {
            Files.setLastModifiedTime(
                    onlyChild(checkout.cache().resolve(kind)),
                    FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        }
        checkout.write("pom.xml", "<project>changed</project>");
        checkout.run("validate");
        assertThat(children(checkout.cache().resolve("cds"))).hasSize(1);
        assertThat(children(checkout.cache().resolve("jar"))).hasSize(1);
    }

    @Test
    void asksAJvmThatCannotMakeAnArchiveOnlyOnce() throws Exception {
        Path jdk = checkout.java("17.0.15");
        String fake = Files.readString(jdk.resolve("bin/java"));
        Checkout.program(
                jdk.resolve("bin/java"),
                fake.replace("*\" -Xshare:dump \"*)", "*\" -Xshare:dump \"*) echo >>'" + folder + "/dumps'; exit 1;"));
        assertThat(checkout.run("status").out()).contains("-Xshare:auto");
        assertThat(checkout.run("status").out()).contains("-Xshare:auto");
        assertThat(Files.readAllLines(folder.resolve("dumps"))).hasSize(1);
    }

    @Test
    void goesOnWithTheLightArchiveWhenTheOtherCannotBeMade() throws Exception {
        checkout.java("17.0.15");
        checkout.run("validate");
        checkout.environment.put("LOADED", REACHED + "\nrefused");
        checkout.run("facts");
        for (int run = 2; run <= 3; run++) {
            List<String> out = checkout.run("facts").out();
            assertThat(out).noneMatch(LauncherTest::records);
            assertThat(archive(out)).isEqualTo(archive(checkout.run("validate").out()));
        }
        assertThat(children(checkout.cache().resolve("cds")))
                .hasSize(2)
                .anyMatch(file -> file.toString().endsWith("-facts.jsa.none"));
    }

    @Test
    void prefersJavaHomeThenThePathThenTheUsualFolders() throws Exception {
        Path chosen = checkout.java("17.0.1");
        Path inPath = checkout.java("18.0.1");
        checkout.java("19.0.1");
        checkout.environment.put("PATH", inPath.resolve("bin") + ":/usr/bin:/bin");
        assertThat(started(chosen)).isEqualTo("17.0.1");
        assertThat(started(null)).isEqualTo("18.0.1");
        checkout.environment.put("PATH", binWithoutJava().toString());
        assertThat(started(null)).isEqualTo("17.0.1");
    }

    @Test
    void passesOverAJavaThatIsTooOld() throws Exception {
        checkout.java("21.0.2");
        Path old = checkout.java("1.8.0_392");
        checkout.environment.put("PATH", binWithoutJava().toString());
        assertThat(started(old)).isEqualTo("21.0.2");
    }

    @Test
    void saysWhichJavaItSawWhenNoneIsGoodEnough() throws Exception {
        checkout.java("11.0.2");
        checkout.environment.put("PATH", binWithoutJava().toString());
        Checkout.Ran ran = checkout.run("status");
        assertThat(ran.exit()).isEqualTo(70);
        assertThat(ran.err())
                .contains("x homelab: Java 17 or newer is missing", "why  11.0.2 in ", "fix  sudo apt install openjdk");
    }

    @Test
    void saysThatTheCompilerIsMissingWhenItHasToBuild() throws Exception {
        checkout.environment.put("JAVA_HOME", checkout.runtime("17.0.15").toString());
        checkout.environment.put("PATH", binWithoutJava().toString());
        Checkout.Ran ran = checkout.run("status");
        assertThat(ran.exit()).isEqualTo(70);
        assertThat(ran.err()).contains("a JDK is needed to build it");
    }

    @Test
    void startsWithoutAnArchiveWhenTheCacheCannotBeWritten() throws Exception {
        checkout.java("17.0.15");
        // A file where the folder would be: refused to root as well, unlike a mode without w.
        Files.writeString(checkout.home.resolve(".cache"), "");
        Checkout.Ran ran = checkout.run("status");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).endsWith("homelab.Main", "status");
        assertThat(checkout.run("status").err()).isEmpty();
    }

    @Test
    void worksInACheckoutWhoseTargetCannotBeWritten() throws Exception {
        checkout.java("17.0.15");
        // Not even root can make a file there.
        Path target = Files.createSymbolicLink(checkout.root.resolve("target"), Path.of("/proc"));
        assertThat(checkout.run("status").out()).endsWith("homelab.Main", "status");
        assertThat(checkout.run("status").err()).isEmpty();
        Files.delete(target); // JUnit warns of links out of the folder
    }

    @Test
    void neitherMakesNorRecordsWhereNoArchiveCanBeKept() throws Exception {
        checkout.java("17.0.15");
        Files.createDirectories(checkout.cache());
        Files.writeString(checkout.cache().resolve("cds"), "");
        Checkout.Ran ran = checkout.run("facts");
        assertThat(ran.out()).contains("-Xshare:auto").noneMatch(LauncherTest::records);
        assertThat(checkout.run("facts").err()).isEmpty();
    }

    @Test
    void doesNotEatWhatIsMeantForTheProgram() throws Exception {
        checkout.java("17.0.15");
        Checkout.program(
                checkout.root.resolve("mvnw"), Files.readString(checkout.root.resolve("mvnw")) + "cat >swallowed\n");
        Process process = checkout.start(checkout.launcher(), folder, "status");
        process.getOutputStream().write("typed ahead\n".getBytes());
        process.getOutputStream().close();
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        assertThat(checkout.root.resolve("swallowed")).isEmptyFile();
    }

    private String started(Path javaHome) throws Exception {
        checkout.environment.remove("JAVA_HOME");
        if (javaHome != null) {
            checkout.environment.put("JAVA_HOME", javaHome.toString());
        }
        for (Path jdk : children(checkout.home.resolve("jvm"))) {
            Checkout.program(jdk.resolve("bin/java"), "#!/bin/sh\necho " + jdk.getFileName() + "\n");
        }
        Checkout.Ran ran = checkout.run("status");
        assertThat(ran.err()).doesNotContain("homelab: Java");
        assertThat(ran.exit()).as(ran.err()).isZero();
        return ran.out().get(0).replace("java-", "");
    }

    /** All that the launcher calls, and no java. */
    private Path binWithoutJava() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin without java"));
        for (String program : List.of(
                "sh", "find", "sort", "sha256sum", "mkdir", "mv", "rm", "ln", "touch", "cat", "readlink", "awk")) {
            // A script and no link: a link out of the folder makes JUnit warn when it clears up.
            Checkout.program(bin.resolve(program), "#!/bin/sh\nexec /usr/bin/" + program + " \"$@\"\n");
        }
        return bin;
    }

    private static boolean records(String word) {
        return word.startsWith("-XX:DumpLoadedClassList=");
    }

    private static Path archive(List<String> out) {
        String option = "-XX:SharedArchiveFile=";
        return out.stream()
                .filter(word -> word.startsWith(option))
                .map(word -> Path.of(word.substring(option.length())))
                .findFirst()
                .orElseThrow();
    }

    private static Path onlyChild(Path folder) throws IOException {
        List<Path> children = children(folder);
        assertThat(children).hasSize(1);
        return children.get(0);
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        }
    }
}
