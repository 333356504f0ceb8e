package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sealed snapshots in a storage that speaks S3: brought there, looked at, drilled, damaged, and all that is left when both
 * hosts are lost. Run by hand; the storage is a server of the Python package index.
 */
@ExtendWith(InLab.class)
@Timeout(1800)
class S3Soak {
    private static final SoakTable TABLE = SoakTable.of("s3");
    private static final String PLACE = "s3://homelab/two-pis";

    private final List<String> rows = new ArrayList<>();
    private Lab lab;
    private Homelab user;

    @Test
    void givesTheClusterBackWhenAllElseIsLost(Labs labs) throws IOException {
        String missing = S3Process.missing();
        assumeTrue(missing.isEmpty(), missing);
        try (Lab own = labs.own("s3", "jarvis:server,ultron:agent")) {
            lab = own;
            Homelab plain = InLab.user(lab, "S3Soak");
            try (S3Process storage = new S3Process(plain.folder().resolve("s3.log"))) {
                user = knowing(plain, storage, storage.secretKey());
                assertThat(user.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
                String name = brought();
                refused(plain, storage);
                row("", Exit.DONE, "passed: " + name, "snapshot", "drill", "--from", PLACE);
                allIsLost(name);
                damaged(storage, name);
            }
            row("it does not run", Exit.BLIND, "cannot be reached", "snapshot", "list", "--from", PLACE);
            rows.forEach(TABLE::keep);
        }
    }

    private static Homelab knowing(Homelab plain, S3Process storage, String secret) throws IOException {
        return plain.where(
                "  secrets-encryption: true",
                "  snapshots: {s3: {endpoint: \"" + storage.endpoint() + "\", access-key: {file: "
                        + kept(plain, "access", storage.accessKey()) + "}, secret-key: {file: "
                        + kept(plain, "secret", secret) + "}}}\n  secrets-encryption: true");
    }

    private static Path kept(Homelab plain, String name, String key) throws IOException {
        Path file = Files.writeString(plain.folder().resolve(name), key + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private String brought() {
        lab.on(Lab.SERVER, "k3s kubectl create namespace precious");
        assertThat(user.run("snapshot", "save", "kept").exit()).isEqualTo(Exit.DONE);
        Run pulled = row("", Exit.DONE, PLACE + "/kept-", "snapshot", "pull", "kept", "--to", PLACE);
        row("", Exit.DONE, "nothing to do", "snapshot", "pull", "kept", "--to", PLACE);
        String name = pulled.out().strip().replaceAll(".*/|\\.age$", "");
        row("", Exit.DONE, name, "snapshot", "list", "--from", PLACE);
        row("", Exit.DONE, "it is what was written", "snapshot", "check", "--from", PLACE);
        row("", Exit.DONE, name, "snapshot", "push", name, "--from", PLACE);
        row("", Exit.DONE, "k3s stopped", "snapshot", "restore", name, "--from", PLACE, "--dry-run");
        return name;
    }

    private void refused(Homelab plain, S3Process storage) throws IOException {
        knowing(plain, storage, "wrong");
        // its file says another one now
        row("the secret key is wrong", Exit.FAILED, "refuses the keys", "snapshot", "list", "--from", PLACE);
        knowing(plain, storage, storage.secretKey());
        row("no such bucket", Exit.FAILED, "there is no bucket", "snapshot", "pull", "--to", "s3://other/two-pis");
    }

    private void allIsLost(String name) throws IOException {
        lab.bare();
        long began = System.nanoTime();
        Run here = row("both hosts are empty", Exit.DONE, name, "snapshot", "pull", name, "--from", PLACE);
        Path file = Path.of(here.out().strip());
        assertThat(Files.size(file)).isPositive();
        Run regained = user.run("bootstrap", "--yes", "--restore", file.toString());
        assertThat(regained.exit()).as(regained.err()).isEqualTo(Exit.DONE);
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertThat(lab.on(Lab.SERVER, "k3s kubectl get namespaces -o name")).contains("precious");
        assertThat(user.run("plan").out()).startsWith("nothing to do");
        rows.add("| both hosts are empty | `bootstrap --restore " + name + ".age` | 0 | the namespace is back, the plan"
                + " is empty, " + seconds + " s with the line above |\n");
    }

    private void damaged(S3Process storage, String name) {
        storage.shorten("two-pis/" + name + ".age");
        row("its end is lost", Exit.FAILED, "is not whole", "snapshot", "check", "--from", PLACE);
        row("its end is lost", Exit.FAILED, "is not whole", "snapshot", "drill", "--from", PLACE);
        row("", Exit.DONE, "deleted", "snapshot", "delete", name, "--from", PLACE, "--cluster", lab.name());
        assertThat(user.run("snapshot", "list", "--from", PLACE).out()).doesNotContain(name);
    }

    private Run row(String during, Exit exit, String said, String... words) {
        Run run = user.run(words);
        String typed = String.join(" ", words).replace(lab.name(), "two-pis");
        String all = run.out() + run.err();
        assertThat(run.exit()).as(typed + "\n" + all).isEqualTo(exit);
        assertThat(all).contains(said);
        Told.noTrace(all);
        String printed = all.lines()
                .filter(line -> line.contains(said) || line.startsWith("✗") || line.startsWith("  "))
                .map(String::strip)
                .limit(4)
                .reduce((one, two) -> one + "<br>" + two)
                .orElse("");
        rows.add("| " + during + " | `" + typed + "` | " + exit.code() + " | " + printed.replace("|", "\\|") + " |\n");
        return run;
    }
}
