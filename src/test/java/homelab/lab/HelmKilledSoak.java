package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * kill -9 at each step of a release: of Helm, of the script around it, and of homelab. The next run mends it and a third
 * has nothing to do. Run by hand; what has passed is kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(300)
class HelmKilledSoak {
    private static final Path TABLE = Path.of("target/soak/helm-killed.md");
    private static final String HELM = "pgrep -f '^/usr/local/lib/homelab/helm ";
    private static final String PENDING =
            "k3s kubectl -n soak get secret -o name -l owner=helm,status=pending-upgrade | grep -q .";
    private static final String HOOK =
            "k3s kubectl -n soak get job whoami-hook -o jsonpath='{.status.active}' | grep -q 1";

    enum Victim {
        HELM("pkill -9 -x helm"),
        // The script keeps Helm as its child: the parent of Helm and all shells above it up to the one that sshd
        // started.
        SHELL(
                "p=$(ps -o ppid= -p $(pgrep -x helm | head -n 1)); for i in 1 2 3; do n=$(ps -o ppid= -p $p); kill -9 $p; p=$n;"
                        + " [ \"$(ps -o comm= -p $p)\" = sh ] || break; done"),
        HOMELAB("true");

        final String deed;

        Victim(String deed) {
            this.deed = deed;
        }
    }

    enum Step {
        CRDS_READ(HELM + "show crds'"),
        DRY_RUN(HELM + "upgrade.*--dry-run=server'"),
        BEFORE_THE_PENDING_RECORD("pgrep -fa '^/usr/local/lib/homelab/helm upgrade' | grep -qv dry-run"),
        PENDING(HelmKilledSoak.PENDING),
        HOOK(HelmKilledSoak.HOOK),
        OBJECTS_READ(HELM + "get manifest'");

        final String seen;

        Step(String seen) {
            this.seen = seen;
        }
    }

    enum Row {
        R1(Step.CRDS_READ, Victim.HELM),
        R2(Step.DRY_RUN, Victim.HELM),
        R3(Step.BEFORE_THE_PENDING_RECORD, Victim.HELM),
        R4(Step.PENDING, Victim.HELM),
        R5(Step.HOOK, Victim.HELM),
        R6(Step.OBJECTS_READ, Victim.HELM),
        R7(Step.DRY_RUN, Victim.SHELL),
        R8(Step.PENDING, Victim.SHELL),
        R9(Step.HOOK, Victim.SHELL),
        R10(Step.DRY_RUN, Victim.HOMELAB),
        R11(Step.PENDING, Victim.HOMELAB),
        R12(Step.HOOK, Victim.HOMELAB);

        final Step step;
        final Victim victim;

        Row(Step step, Victim victim) {
            this.step = step;
            this.victim = victim;
        }

        String title() {
            return step.name().toLowerCase().replace('_', ' ') + " | "
                    + victim.name().toLowerCase();
        }
    }

    private static Lab lab;
    private static Homelab homelab;

    @BeforeAll
    static void aReleaseWithKindsOfItsOwn(Lab shared, Homelab user) throws IOException {
        lab = shared;
        homelab = user;
        lab.cluster(homelab);
        Path root = Files.createDirectories(homelab.folder().resolve("chart"));
        Said.by(Duration.ofSeconds(10), "cp", "-r", "src/test/resources/charts/whoami", root.toString())
                .ok();
        Path crds = Files.createDirectories(root.resolve("whoami/crds"));
        Files.writeString(crds.resolve("greetings.yaml"), """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: greetings.home.arpa}
                spec:
                  group: home.arpa
                  scope: Namespaced
                  names: {kind: Greeting, plural: greetings}
                  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
                """);
        Files.writeString(
                root.resolve("whoami/templates/greeting.yaml"),
                "apiVersion: home.arpa/v1\nkind: Greeting\nmetadata: {name: greeting}\nspec: {text: {{ .Values.greeting | quote }}}\n");
        String packed = homelab.folder().resolve("whoami-1.0.0.tgz").toString();
        Said.by(Duration.ofSeconds(10), "tar", "-czf", packed, "-C", root.toString(), "whoami")
                .ok();
        assertThat(wanting("first", 0).run("addons", "apply", "--yes").exit()).isEqualTo(Exit.DONE);
    }

    private static Homelab wanting(String greeting, int hook) {
        try {
            Files.writeString(
                    homelab.folder().resolve("values.yaml"), "greeting: " + greeting + "\nhook: " + hook + "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        String addons = "addons:\n  helm: {downloads: "
                + lab.mirror().lines().findFirst().orElseThrow()
                + "/helm}\n  releases: {whoami: {chart: whoami-1.0.0.tgz, version: 1.0.0, namespace: soak, values: values.yaml}}\n";
        return homelab.where("nodes:\n", addons + "nodes:\n");
    }

    @ParameterizedTest
    @EnumSource
    void isMendedByTheNextRun(Row row) throws Exception {
        if (Files.exists(TABLE) && Files.readString(TABLE).contains("| " + row.title() + " |")) {
            return;
        }
        Homelab user = wanting("killed-" + row, 3);
        Launched run = Launched.homelab(user, "addons", "apply", "--yes");
        Said seen = lab.tried(
                Lab.SERVER,
                "for i in $(seq 1 4000); do " + row.step.seen + " >/dev/null && { " + row.victim.deed
                        + "; exit 0; }; done; exit 1");
        if (row.victim == Victim.HOMELAB) {
            run.signal("KILL");
        }
        Said killed = run.end();
        assertThat(seen.exit()).as("the step was seen:\n" + killed.err()).isZero();
        long began = System.nanoTime();

        Run next = user.run("addons", "apply", "--yes");

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertThat(next.exit()).as(next.err()).isEqualTo(Exit.DONE);
        Run third = user.run("addons", "plan", "--exit-code");
        assertThat(third.exit()).as(third.out()).isEqualTo(Exit.DONE);
        assertThat(lab.on(Lab.SERVER, "k3s kubectl -n soak get greeting greeting -o jsonpath='{.spec.text}'"))
                .isEqualTo("killed-" + row);
        keep("| " + row.title() + " | " + killed.exit() + " | " + seconds + " s |\n");
    }

    private static void keep(String line) throws IOException {
        Files.createDirectories(TABLE.toAbsolutePath().getParent());
        Files.writeString(TABLE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
