package homelab.phase.harden;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Cluster;
import homelab.model.HardenItem;
import homelab.model.Hardening;
import homelab.phase.Clusters;
import homelab.plan.Step;
import homelab.resource.LocalSh;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.harden.Hardened;
import homelab.resource.harden.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardenPhaseTest {
    private static final Cluster TWO = Clusters.twoPis();
    private static final List<HardenItem> ALL = List.of(HardenItem.values());

    private static List<String> steps(HardenPhase phase) {
        return phase.steps(Clusters.site(TWO)).stream()
                .map(step -> step.target() + " " + step.resource().id())
                .toList();
    }

    @Test
    void doesWhatTheInventoryWantsOnEveryNode() {
        Hardening wanted = new Hardening(true, Map.of(HardenItem.HUNG_TASK, true, HardenItem.WATCHDOG, false));

        assertThat(steps(HardenPhase.of(wanted)))
                .contains("jarvis harden reaper", "ultron harden reaper", "ultron harden hung-task")
                .doesNotContain("jarvis harden watchdog", "jarvis harden rcu-normal");
    }

    @Test
    void isNoPartOfABootstrapThatDoesNotWantIt() {
        assertThat(steps(HardenPhase.of(new Hardening(false, Map.of())))).isEmpty();
    }

    @Test
    void doesOnlyByDefaultWhatCannotHarm() {
        assertThat(Hardening.USUAL.wanted()).doesNotContain(HardenItem.HUNG_TASK, HardenItem.RCU_NORMAL);
    }

    @Test
    void givesK3sItsGateUnderTheNameThatItHasOnANode() {
        assertThat(paths("jarvis")).contains("/etc/systemd/system/k3s.service.d/20-homelab-clock.conf");
        assertThat(paths("ultron")).contains("/etc/systemd/system/k3s-agent.service.d/20-homelab-clock.conf");
    }

    private static Set<String> paths(String node) {
        return Measures.of(
                        TWO,
                        TWO.nodes().stream()
                                .filter(each -> each.name().text().equals(node))
                                .findFirst()
                                .orElseThrow(),
                        ALL)
                .stream()
                .flatMap(measure -> measure.parts().stream())
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).path())
                .collect(Collectors.toSet());
    }

    /** An emulated agent was reset by its watchdog in a minute in which its host had other things to do. */
    @Test
    void resetsNoMachineForItsHostsBusyMinute(@TempDir Path programs) throws Exception {
        Path asked = programs.resolve("systemd-detect-virt");
        Files.writeString(asked, "#!/bin/sh\ncase $* in *--vm*) exit 0 ;; *) exit 1 ;; esac\n");
        assertThat(asked.toFile().setExecutable(true)).isTrue();
        LocalSh sh = new LocalSh(Map.of("PATH", programs + ":" + System.getenv("PATH")));

        assertThat(Measures.of(TWO, TWO.nodes().get(0), List.of(HardenItem.WATCHDOG, HardenItem.PANIC)))
                .allSatisfy(measure -> assertThat(measure.unless()).contains(Unless.VIRTUAL));
        assertThat(sh.run(Unless.VIRTUAL).out()).contains("stands still whenever its host is busy");
    }

    /** On this machine, whatever it is: each item has a state, and none of its questions breaks. */
    @Test
    void asksAnyMachine() {
        List<Resource> all = new HardenPhase(ALL, false)
                .steps(Clusters.site(TWO)).stream().map(Step::resource).toList();
        LocalSh sh = new LocalSh();

        all.forEach(
                resource -> assertThat(sh.status(resource)).as(resource.id()).isNotInstanceOf(Status.Unknown.class));
        assertThat(all).allMatch(Hardened.class::isInstance);
    }

    /** Undoing and the page of files know of every file. */
    @Test
    void hasEveryFileInTheReference() throws Exception {
        String page = Files.readString(Path.of("docs/reference/hardening.md"));

        Stream.of("jarvis", "ultron")
                .flatMap(node -> paths(node).stream())
                .forEach(path ->
                        assertThat(page).contains("`" + path.replace("k3s-agent.service.d", "k3s.service.d") + "`"));
        Arrays.stream(HardenItem.values())
                .forEach(item -> assertThat(page).contains("`" + item.word() + "`", item.source()));
    }
}
