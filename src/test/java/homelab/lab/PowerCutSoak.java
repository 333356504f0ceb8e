package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.problem.Exit;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes lose their power, get it back, and nobody touches anything. By default the server is a container, which can only be
 * killed, and the agent a machine: {@code -Dlab.vm=all} makes machines of both, where they are not emulated.
 * {@code -Dlab.cuts=20}: up to which; {@code -Dlab.harden=true}: a table of its own, for hosts that were hardened, where
 * nothing may be stuck or leaked; {@code -Dlab.stuck=15}: minutes for pods to be well after Ready, where machines are
 * emulated and a pod takes one to start; {@code -Dlab.name=house}: a lab that is there already. Run by hand; what has a row is
 * kept in {@code target/soak} and not run again.
 */
@ExtendWith(InLab.class)
@Timeout(3600)
class PowerCutSoak {
    private static final boolean HARDENED = Boolean.getBoolean("lab.harden");
    private static final SoakTable TABLE = SoakTable.of(HARDENED ? "power-cuts-hardened" : "power-cuts");
    private static final Duration TO_BE_READY = Duration.ofMinutes(20); // emulated, on a machine with other work
    private static final Duration STUCK = Duration.ofMinutes(Integer.getInteger("lab.stuck", 5));

    private static final String PODS = """
            k3s kubectl apply -f - <<'Y'
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: cut, namespace: default}
            spec:
              selector: {matchLabels: {app: cut}}
              template:
                metadata: {labels: {app: cut}}
                spec:
                  terminationGracePeriodSeconds: 0
                  tolerations: [{operator: Exists}]
                  containers: [{name: main, image: 'busybox:1', imagePullPolicy: IfNotPresent, command: [sleep, '999999']}]
            Y
            """;

    /** Several of an owner that waits for the one it has, as those do that hung after the ghosts. */
    private static final String SET = """
            k3s kubectl apply -f - <<'Y'
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: set, namespace: default}
            spec:
              replicas: 2
              serviceName: set
              podManagementPolicy: Parallel
              selector: {matchLabels: {app: set}}
              template:
                metadata: {labels: {app: set}}
                spec:
                  terminationGracePeriodSeconds: 0
                  nodeName: ultron
                  containers: [{name: main, image: 'busybox:1', imagePullPolicy: IfNotPresent, command: [sleep, '999999']}]
            Y
            """;

    /** In each pod that runs once a line is written whenever it runs. */
    private static final String ONCE = """
            k3s kubectl apply -f - <<'Y'
            apiVersion: v1
            kind: Pod
            metadata: {name: once-%1$d-%2$s, namespace: default, labels: {app: once}}
            spec:
              restartPolicy: Never
              nodeName: %2$s
              terminationGracePeriodSeconds: 0
              containers: [{name: main, image: 'busybox:1', imagePullPolicy: IfNotPresent, command: [sh, -c,
                'echo ran >>/var/tmp/once-%1$d; sync; sleep 999999'], volumeMounts: [{name: tmp, mountPath: /var/tmp}]}]
              volumes: [{name: tmp, hostPath: {path: /var/tmp}}]
            Y
            """;

    private static Lab lab;
    private static Homelab homelab;

    static Stream<Integer> cuts() {
        return Stream.iterate(1, n -> n + 1).limit(Integer.getInteger("lab.cuts", 20));
    }

    @BeforeAll
    static void twoNodes(Labs labs) {
        String missing = Lab.missingForMachines();
        assumeTrue(missing.isEmpty(), "no machines can be had here (cli/lab doctor --vm): " + missing);
        String name = System.getProperty("lab.name", "");
        String machines = System.getProperty("lab.vm", "").equals("all") ? "--vm" : "--vm=" + Lab.AGENT;
        lab = name.isEmpty() ? labs.again("power", "jarvis:server,ultron:agent", machines) : labs.called(name);
        homelab = InLab.user(lab, "PowerCutSoak");
        if (name.isEmpty()) {
            assertThat(homelab.run("bootstrap", "--yes").exit()).isEqualTo(Exit.DONE);
        }
        lab.on(Lab.SERVER, PODS);
        lab.on(Lab.SERVER, SET);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void healsWithNobodyTouchingAnything(int number) {
        if (TABLE.has(number)) {
            return;
        }
        PowerCut cut = PowerCut.of(number);
        AfterCut after = new AfterCut(lab);
        allIsWellBefore(cut, after);
        List<Acknowledged> writers = writers(cut);
        lose(cut, writers);

        long began = System.nanoTime();
        cut.nodes().parallelStream().forEach(lab::powerOn);
        boolean ready = is(TO_BE_READY, after::nodesAreReady);
        long toReady = AfterCut.seconds(began);
        began = System.nanoTime();
        boolean healed = ready && is(STUCK, () -> after.stuck().isEmpty());
        long toHealed = AfterCut.seconds(began);
        List<String> stuck = healed ? List.of() : after.stuck();
        int heard = writers.stream().mapToInt(Acknowledged::count).sum();
        int lost = writers.stream().mapToInt(Acknowledged::lost).sum();
        long twice = cut.nodes().stream().filter(node -> ran(node, number) > 1).count();
        long leaked = after.leakedAddresses();

        TABLE.keep("| " + number + " | " + cut.words(lab::isMachine) + " | " + (ready ? toReady + " s" : "never")
                + " | " + (healed ? toHealed + " s" : "-") + " | "
                + (stuck.isEmpty() ? "none" : String.join(", ", stuck)) + " | "
                + (heard == 0 ? "-" : lost + " of " + heard) + " | " + twice + " | " + leaked + " |\n");
        assertThat(lost).isZero();
        assertThat(twice).isZero();
        if (HARDENED) {
            assertThat(stuck).isEmpty();
            assertThat(leaked).isZero();
        }
    }

    private static void allIsWellBefore(PowerCut cut, AfterCut after) {
        within(
                TO_BE_READY,
                "all is well before the cut",
                () -> after.nodesAreReady() && after.stuck().isEmpty());
        cut.nodes().forEach(node -> lab.on(Lab.SERVER, ONCE.formatted(cut.number(), node)));
        within(
                STUCK,
                "what is to run once runs",
                () -> cut.nodes().stream().allMatch(node -> ran(node, cut.number()) == 1));
    }

    private static void lose(PowerCut cut, List<Acknowledged> writers) {
        List<Acknowledged> deeds = cut.nodes().stream()
                .map(node -> Acknowledged.of(lab, node, cut.doing().script))
                .toList();
        Launched.pause(Duration.ofSeconds(cut.seconds()));
        cut.nodes().forEach(lab::lose);
        Stream.of(writers, deeds).flatMap(List::stream).forEach(Acknowledged::end);
    }

    private static List<Acknowledged> writers(PowerCut cut) {
        return cut.doing() == PowerCut.Doing.WRITING
                ? cut.nodes().stream()
                        .map(node -> Acknowledged.begun(lab, node))
                        .toList()
                : List.of();
    }

    private static int ran(String node, int number) {
        Said lines = lab.tried(node, "cat /var/tmp/once-" + number + " 2>/dev/null | wc -l");
        return lines.exit() == 0 ? Integer.parseInt(lines.out().strip()) : 0;
    }

    private static void within(Duration limit, String what, BooleanSupplier so) {
        assertThat(is(limit, so)).as(what).isTrue();
    }

    private static boolean is(Duration limit, BooleanSupplier so) {
        long end = System.nanoTime() + limit.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Launched.pause(Duration.ofSeconds(5));
        }
        return true;
    }
}
