package homelab.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import homelab.inventory.InventoryReader;
import homelab.model.Cluster;
import homelab.plan.Step;
import homelab.problem.Failure;
import homelab.resource.Deed;
import homelab.resource.LocalSh;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Any inventory that is read gives steps that can be told apart, and files that are as they should be after one apply. */
class AnyInventoryTest {
    private static final int CASES = 150;
    /** Each file is written by two processes and looked at twice. */
    private static final int WRITTEN = 12;

    @TempDir
    Path folder;

    @Test
    void givesStepsThatCanBeToldApart() throws IOException {
        for (Cluster cluster : clusters()) {
            List<Step> steps = steps(cluster);

            Set<String> ids = steps.stream().map(AnyInventoryTest::told).collect(Collectors.toSet());
            assertThat(ids).hasSize(steps.size());
            assertThat(steps).hasSizeGreaterThan(10 * cluster.nodes().size());
        }
    }

    @Test
    void givesEachNodeAConfigurationThatIsItsInventorys() throws IOException {
        for (Cluster cluster : clusters()) {
            for (Step step : steps(cluster)) {
                if (step.resource() instanceof TextFile file && file.path().endsWith("/config.yaml")) {
                    Map<?, ?> read = new Yaml().load(file.content().reveal());
                    assertThat(read.get("node-name")).isIn(names(cluster));
                    cluster.k3s().config().forEach((key, value) -> {
                        if (read.containsKey(key)) {
                            assertThat(read.get(key)).as(key).isEqualTo(value);
                        }
                    });
                }
            }
        }
    }

    @Test
    void leavesNothingToDoAfterOneApply() throws IOException {
        assumeTrue(LocalSh.me().equals("root:root"), "only root may give files to root");
        int files = 0;
        for (Cluster cluster : clusters().subList(0, WRITTEN)) {
            Path host = Files.createDirectories(folder.resolve("host" + files));
            for (Step step : steps(cluster)) {
                if (step.resource() instanceof TextFile file && file.path().startsWith("/etc/")) {
                    Resource moved = moved(file, host.resolve(step.target().toString()));
                    converges(moved);
                    files++;
                }
            }
        }
        assertThat(files).isGreaterThan(5 * WRITTEN);
    }

    private static void converges(Resource file) {
        LocalSh sh = new LocalSh();
        assertThat(sh.status(file)).isInstanceOf(Status.Drift.class);
        LocalSh.Ran ran = sh.run(((Deed.Shell) file.deed()).script());
        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(sh.status(file)).isEqualTo(Status.SAME);
    }

    /** The same file, below a folder that stands for the host. */
    private static TextFile moved(TextFile file, Path host) {
        return new TextFile(host + file.path(), file.content(), file.mode(), file.owner(), file.worst());
    }

    private static List<String> names(Cluster cluster) {
        return cluster.nodes().stream().map(node -> node.name().text()).toList();
    }

    private static String told(Step step) {
        return step.phase() + " " + step.target() + " " + step.resource().id();
    }

    private static List<Step> steps(Cluster cluster) {
        Site site = SampleSite.fresh(cluster);
        List<Step> steps = new ArrayList<>();
        for (Phase phase : List.of(new HostPhase(), new FirewallPhase(), new FoundingPhase(), new K3sConfigPhase())) {
            steps.addAll(phase.steps(site));
        }
        return steps;
    }

    private List<Cluster> clusters() throws IOException {
        List<Cluster> clusters = new ArrayList<>();
        for (long seed = 0; seed < CASES; seed++) {
            clusters.add(read(new SomeInventory(seed).text()));
        }
        return clusters;
    }

    private Cluster read(String text) throws IOException {
        try {
            return InventoryReader.read(Files.writeString(folder.resolve("inventory.yaml"), text));
        } catch (Failure refused) {
            throw new AssertionError(text + refused.problems(), refused);
        }
    }
}
