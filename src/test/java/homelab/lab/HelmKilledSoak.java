package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.problem.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * kill -9 at each step of a release: of the program at work, of the script around it, and of homelab, which meets Ctrl-C
 * too. The next run mends it and a third has nothing to do. Run by hand; what has passed is kept in {@code target/soak}
 * and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(300)
class HelmKilledSoak {
    private static final SoakTable TABLE = SoakTable.of("helm-killed");
    private static final int CRDS = 20;
    private static final String HELM = "pgrep -f '^/usr/local/lib/homelab/helm ";
    private static final String APPLY =
            "pgrep -x kubectl | xargs -r ps -o args= -p | grep -v dry-run | grep -q 'apply.*/";
    private static final String PENDING =
            "k3s kubectl -n soak get secret -o name -l owner=helm,status=pending-upgrade | grep -q .";
    private static final String HOOK =
            "k3s kubectl -n soak get job whoami-hook -o jsonpath='{.status.active}' | grep -q 1";

    private static final String HALF =
            "k3s kubectl get crds -o jsonpath='{range .items[*]}{.metadata.annotations.text}{\"\\n\"}{end}' |"
                    + " grep . | sort -u | wc -l | grep -q 2";

    enum Victim {
        HELM("pkill -9 -x helm"),
        KUBECTL("pkill -9 -x kubectl"),
        // The script keeps the program as its child: the parent of it and all shells above it up to the one that sshd
        // started.
        SHELL(
                "p=$(ps -o ppid= -p $(pgrep -x 'helm|kubectl' | head -n 1)); for i in 1 2 3; do n=$(ps -o ppid= -p $p); kill -9 $p; p=$n;"
                        + " [ \"$(ps -o comm= -p $p)\" = sh ] || break; done"),
        HOMELAB("true"),
        CTRL_C("true");

        final String deed;

        Victim(String deed) {
            this.deed = deed;
        }
    }

    enum Step {
        CRDS_READ(HELM + "show crds'"),
        CRDS_APPLIED(APPLY + "crds.yaml'"),
        SOME_CRDS_APPLIED(HALF),
        DRY_RUN(HELM + "upgrade.*--dry-run=server'"),
        BEFORE_THE_PENDING_RECORD("pgrep -fa '^/usr/local/lib/homelab/helm upgrade' | grep -qv dry-run"),
        PENDING(HelmKilledSoak.PENDING),
        HOOK(HelmKilledSoak.HOOK),
        OBJECTS_READ(HELM + "get manifest'"),
        OBJECTS_APPLIED(APPLY + "others.yaml'");

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
        R12(Step.HOOK, Victim.HOMELAB),
        R13(Step.CRDS_APPLIED, Victim.KUBECTL),
        R14(Step.CRDS_APPLIED, Victim.SHELL),
        R15(Step.CRDS_APPLIED, Victim.HOMELAB),
        R16(Step.OBJECTS_APPLIED, Victim.KUBECTL),
        R17(Step.OBJECTS_APPLIED, Victim.SHELL),
        R18(Step.OBJECTS_APPLIED, Victim.HOMELAB),
        R19(Step.CRDS_APPLIED, Victim.CTRL_C),
        R20(Step.PENDING, Victim.CTRL_C),
        R21(Step.HOOK, Victim.CTRL_C),
        R22(Step.SOME_CRDS_APPLIED, Victim.KUBECTL),
        R23(Step.SOME_CRDS_APPLIED, Victim.HOMELAB);

        final Step step;
        final Victim victim;

        Row(Step step, Victim victim) {
            this.step = step;
            this.victim = victim;
        }

        String title() {
            return (step.name() + " | " + victim.name()).toLowerCase().replace('_', ' ');
        }

        String version() {
            return "1." + (ordinal() + 1) + ".0";
        }
    }

    private static Lab lab;
    private static Homelab homelab;
    private static StoryChart chart;

    @BeforeAll
    static void aReleaseWithKindsOfItsOwn(Lab shared, Homelab user) throws IOException {
        lab = shared;
        homelab = user;
        lab.cluster(homelab);
        chart = StoryChart.in(homelab.folder(), "whoami")
                .write(
                        "templates/greeting.yaml",
                        "apiVersion: home.arpa/v1\nkind: Greeting1\nmetadata: {name: greeting}\nspec: {text: {{ .Values.greeting | quote }}}\n");
        assertThat(wanting("first", "1.0.0", 0).run("addons", "apply", "--yes").exit())
                .isEqualTo(Exit.DONE);
    }

    private static String crds(String text) {
        return IntStream.rangeClosed(1, CRDS)
                .mapToObj(i -> """
                ---
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: greetingNs.home.arpa, annotations: {text: TEXT}}
                spec:
                  group: home.arpa
                  scope: Namespaced
                  names: {kind: GreetingN, plural: greetingNs}
                  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
                """.replace("gN", "g" + i).replace("TEXT", text))
                .collect(Collectors.joining());
    }

    /** A version of its own for each text, which stands in the object and on each CRD. */
    private static Homelab wanting(String text, String version, int hook) throws IOException {
        chart.write("crds/greetings.yaml", crds(text)).pack(version);
        Files.writeString(homelab.folder().resolve("values.yaml"), "greeting: " + text + "\nhook: " + hook + "\n");
        String helm = lab.mirror().lines().findFirst().orElseThrow() + "/helm";
        return homelab.releasing(
                helm,
                "whoami: {chart: whoami-" + version + ".tgz, version: " + version
                        + ", namespace: soak, values: values.yaml}");
    }

    @ParameterizedTest
    @EnumSource
    void isMendedByTheNextRun(Row row) throws Exception {
        if (TABLE.has(row.title())) {
            return;
        }
        Homelab user = wanting("killed-" + row, row.version(), 3);
        Launched run = Launched.homelab(user, "addons", "apply", "--yes");
        Said seen = lab.tried(
                Lab.SERVER,
                "for i in $(seq 1 4000); do " + row.step.seen + " >/dev/null && { " + row.victim.deed
                        + "; exit 0; }; done; exit 1");
        if (row.victim == Victim.HOMELAB || row.victim == Victim.CTRL_C) {
            run.signal(row.victim == Victim.HOMELAB ? "KILL" : "INT");
        }
        long changed = changed(row);
        Said killed = run.end();
        assertThat(seen.exit()).as("the step was seen:\n" + killed.err()).isZero();
        long began = System.nanoTime();

        Run next = user.run("addons", "apply", "--yes");

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertThat(next.exit()).as(next.err()).isEqualTo(Exit.DONE);
        Run third = user.run("addons", "plan", "--exit-code");
        assertThat(third.exit()).as(third.out()).isEqualTo(Exit.DONE);
        assertThat(lab.on(Lab.SERVER, "k3s kubectl -n soak get greeting1 greeting -o jsonpath='{.spec.text}'"))
                .isEqualTo("killed-" + row);
        assertThat(changed(row)).isEqualTo(CRDS);
        TABLE.keep("| " + row.title() + " | " + changed + " | " + killed.exit() + " | " + seconds + " s |\n");
    }

    /** How many of its CRDs are those of this row. */
    private static long changed(Row row) {
        String texts = lab.on(Lab.SERVER, "k3s kubectl get crds -o jsonpath='{.items[*].metadata.annotations.text}'");
        return java.util.Arrays.stream(texts.split(" "))
                .filter(("killed-" + row)::equals)
                .count();
    }
}
