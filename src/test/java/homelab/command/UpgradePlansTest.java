package homelab.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import homelab.inventory.InventoryReader;
import homelab.model.Cluster;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class UpgradePlansTest {
    private static final String AGENT = "  ultron: {address: 10.0.1.11, role: agent}\n";

    @TempDir
    Path folder;

    @Test
    void bringsServersBeforeAgentsOneAfterAnother() throws IOException {
        List<Map<String, Object>> plans = plans(UpgradePlans.of(cluster(AGENT)).text());

        assertThat(plans).extracting(plan -> at(plan, "metadata", "name")).containsExactly("server-plan", "agent-plan");
        assertThat(plans).allSatisfy(plan -> {
            assertThat(plan).containsEntry("apiVersion", "upgrade.cattle.io/v1").containsEntry("kind", "Plan");
            assertThat(at(plan, "metadata", "namespace")).isEqualTo("system-upgrade");
            assertThat(at(plan, "spec", "version")).isEqualTo("v1.33.4+k3s1");
            assertThat(at(plan, "spec", "concurrency")).isEqualTo(1);
            assertThat(at(plan, "spec", "cordon")).isEqualTo(true);
        });
        assertThat(at(plans.get(1), "spec", "prepare").toString()).contains("[prepare, server-plan]");
        assertThat(at(plans.get(0), "spec", "nodeSelector").toString()).contains("control-plane, operator=In");
        assertThat(at(plans.get(1), "spec", "nodeSelector").toString())
                .contains("control-plane, operator=DoesNotExist");
    }

    @Test
    void hasNoPlanForAgentsThatAreNotThere() throws IOException {
        assertThat(UpgradePlans.of(cluster("")).files()).containsOnlyKeys("server-plan.yaml");
    }

    @Test
    void writesWhatIsNotThereAndNothingASecondTime() throws IOException {
        UpgradePlans plans = UpgradePlans.of(cluster(AGENT));

        assertThat(plans.write(folder, false)).hasSize(2);
        assertThat(plans.write(folder, false)).isEmpty();
        Files.delete(folder.resolve("agent-plan.yaml"));
        assertThat(plans.write(folder, false)).containsExactly(folder.resolve("agent-plan.yaml"));
    }

    @Test
    void writesOverAnotherFileOnlyWhenItIsToldTo() throws IOException {
        UpgradePlans plans = UpgradePlans.of(cluster(AGENT));
        Path mine = Files.writeString(folder.resolve("agent-plan.yaml"), "mine");

        Failure failure = catchThrowableOfType(Failure.class, () -> plans.write(folder, false));

        assertThat(failure.exit()).isEqualTo(Exit.REFUSED);
        assertThat(failure.problems().get(0).why()).startsWith(mine.toString());
        assertThat(mine).hasContent("mine");
        assertThat(folder.resolve("server-plan.yaml")).doesNotExist();
        assertThat(plans.write(folder, true)).hasSize(2);
        assertThat(Files.readString(mine)).contains("kind: Plan");
    }

    @Test
    void saysThatThereIsNoFolder() throws IOException {
        UpgradePlans plans = UpgradePlans.of(cluster(AGENT));

        Failure failure = catchThrowableOfType(Failure.class, () -> plans.write(folder.resolve("none"), false));

        assertThat(failure.problems().get(0).why()).startsWith("there is no folder");
    }

    @Test
    void goesNeitherWithTheSystemNorWithJson() {
        assertThat(Run.of("upgrade", "--plans", "-", "--os").err()).contains("--plans is typed beside --os");
        Run json = Run.of("upgrade", "--plans", "-", "-o", "json");
        assertThat(json.exit()).isEqualTo(Exit.USAGE);
        assertThat(json.err()).contains("--plans is typed beside -o json");
        assertThat(Run.of("upgrade", "--plans", "-", "--max-unavailable", "2").err())
                .contains("--max-unavailable 2 is of k3s alone");
        assertThat(Run.of("upgrade", "--max-unavailable", "0").err()).contains("would upgrade nothing");
    }

    private Cluster cluster(String agent) throws IOException {
        return InventoryReader.read(Files.writeString(folder.resolve("home.yaml"), """
                cluster: home
                network: {lan: 10.0.1.0/24}
                k3s: {version: v1.33.4+k3s1}
                nodes:
                  jarvis: {address: 10.0.1.10, role: server}
                """ + agent));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> plans(String text) {
        List<Map<String, Object>> plans = new ArrayList<>();
        new Yaml().loadAll(text).forEach(plan -> plans.add((Map<String, Object>) plan));
        return plans;
    }

    private static Object at(Map<String, Object> plan, String part, String key) {
        return ((Map<?, ?>) plan.get(part)).get(key);
    }
}
