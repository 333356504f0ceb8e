package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.fake.FileIs;
import homelab.model.NodeName;
import homelab.plan.Plan;
import homelab.plan.Planned;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.problem.Problem;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTextTest {

    @Test
    void showsEveryChangeWithBeforeAndAfterUnderItsHost() {
        Plan plan = new Plan(
                "home",
                List.of(
                        planned("jarvis", "hostname", Status.drift(Worst.CHANGE, "name", "raspberrypi", "jarvis")),
                        planned("jarvis", "same", Status.SAME),
                        planned("jarvis", "/etc/a", Status.drift(Worst.CREATE, "a", "absent", "file, 0644")),
                        planned("ultron", "k3s", new Status.Waits("jarvis is a server", Worst.START))));

        assertThat(new PlanText(Terminal.PIPE).of(plan)).isEqualTo("""
                        jarvis
                          change   file hostname
                                   name: raspberrypi → jarvis
                          create   file a: absent → file, 0644
                        ultron
                          start    file k3s
                                   waits: jarvis is a server
                        3 of 4 things differ on home; the worst is to start
                        """);
    }

    @Test
    void showsWhatAGuardRefusesAndWhy() {
        Problem no = Problem.of("jarvis: would shut out 10.9.9.9", "no rule allows it", "name its network");
        Plan plan = new Plan("home", List.of(planned("jarvis", "ufw", new Status.Refused(no))));

        assertThat(new PlanText(Terminal.PIPE).of(plan)).isEqualTo("""
                        jarvis
                          refused  file ufw
                                   jarvis: would shut out 10.9.9.9
                                   why  no rule allows it
                                   fix  name its network
                        1 of 1 things differs on home
                        """);
        assertThat(PlanJson.of(plan)).contains("\"status\" : \"refused\"", "\"fix\" : \"name its network\"");
    }

    @Test
    void fitsATerminalOfFortyColumns() {
        Problem no =
                Problem.of("jarvis: would shut out 10.9.9.9 and all who sit there", "no rule allows it", "name it");
        String path = "/etc/systemd/system/k3s-agent.service.d/10-homelab.conf";
        Plan plan = new Plan(
                "a-cluster-with-a-rather-long-name",
                List.of(
                        planned("jarvis", path, Status.drift(Worst.CREATE, path, "absent", "file, 0644 root:root")),
                        planned("jarvis", "b", new Status.Waits("jarvis is a server that answers", Worst.START)),
                        planned("jarvis", "c", new Status.Refused(no)),
                        planned("jarvis", "d", new Status.Unknown("the connection was lost on the way there"))));

        String text = new PlanText(new Terminal(40, false, false, true)).of(plan);

        assertThat(text.lines()).allMatch(line -> line.length() <= 40);
        assertThat(text.lines().map(String::strip).reduce("", String::concat)).contains("10-homelab.conf", "lost on");
    }

    @Test
    void showsWhatOthersMadeAndStays() {
        Step step = planned("jarvis", "rules", Status.SAME).step();
        Plan plan = new Plan("home", List.of(new Planned(step, Status.SAME, List.of("allow 80/tcp from anywhere"))));

        assertThat(new PlanText(Terminal.PIPE).of(plan))
                .startsWith("jarvis keeps file rules that others made: allow 80/tcp from anywhere\n");
        assertThat(PlanJson.of(plan)).contains("\"kept\" : [ \"allow 80/tcp from anywhere\" ]");
    }

    @Test
    void saysThatThereIsNothingToDo() {
        Plan plan = new Plan("home", List.of(planned("jarvis", "a", Status.SAME)));

        assertThat(new PlanText(Terminal.PIPE).of(plan))
                .isEqualTo("nothing to do: 1 thing on home is as it should be\n");
    }

    @Test
    void neverSaysNothingToDoOfWhatItCouldNotSee() {
        Plan plan = new Plan("home", List.of(planned("jarvis", "a", new Status.Unknown("timed out"))));

        assertThat(new PlanText(Terminal.PIPE).of(plan)).contains("? jarvis: file a could not be looked at: timed out");
    }

    @Test
    void tellsOnceWhyNothingOfAHostCouldBeSeen() {
        Status lost = new Status.Unknown("no answer");
        Plan plan = new Plan(
                "home",
                List.of(planned("jarvis", "a", lost), planned("ultron", "a", lost), planned("jarvis", "b", lost)));

        assertThat(new PlanText(Terminal.PIPE).of(plan))
                .startsWith("? jarvis: 2 things could not be looked at: no answer\n"
                        + "? ultron: file a could not be looked at: no answer\n");
    }

    @Test
    void hasTheSameStepsInJson() {
        Plan plan =
                new Plan("home", List.of(planned("jarvis", "a", Status.drift(Worst.CREATE, "a", "absent", "there"))));

        assertThat(PlanJson.of(plan))
                .contains("\"schema\" : \"homelab/plan/v1\"", "\"worst\" : \"create\"", "\"before\" : \"absent\"");
    }

    private static Planned planned(String node, String file, Status status) {
        return new Planned(
                new Step("host", new Target.OnHost(new NodeName(node)), FileIs.of(Path.of(file), "word")), status);
    }
}
