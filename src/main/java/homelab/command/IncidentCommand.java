package homelab.command;

import homelab.host.Script;
import homelab.incident.Happening;
import homelab.incident.HostPast;
import homelab.incident.Incident;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.report.IncidentJson;
import homelab.report.IncidentMarkdown;
import homelab.report.OwnRuns;
import homelab.report.PastRun;
import homelab.run.Event;
import homelab.run.Look;
import homelab.run.Parallel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** {@code homelab incident}: what happened in the night, likely why, and what would have prevented it. */
@CommandLine.Command(
        name = "incident",
        description = {
            "Tells what happened: boots and how they ended, power, clock, kernel, disks, k3s, etcd, pods, and what homelab did,",
            "from the journals of all nodes and the API; the likely chain of causes; and what would have prevented it.",
            "As Markdown, to keep or to show to somebody. Changes nothing. Secrets are left out."
        },
        footer = {
            "",
            "Examples:",
            "  homelab incident -i inventory/two-pis.yaml",
            "  homelab incident --since 3d > incident.md",
            "  homelab incident --since 2h -o json",
            "",
            "Ends with 4 when a node could not be read; what the others tell is told."
        })
final class IncidentCommand implements Command {

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Ago.class,
            description = "How far back, such as 30m, 2h or 3d. Default: 24h.")
    private Duration since = Duration.ofHours(24);

    private final Io io;

    IncidentCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        try (Job job = Job.withoutReleases(io, common, "incident", Cluster::nodes)) {
            Instant now = job.time().now();
            Incident incident = read(job, now.minus(since), now);
            job.quiet();
            io.out().print(common.json() ? IncidentJson.of(incident) : IncidentMarkdown.of(incident));
            job.tellUnreachable();
            return incident.unseen().isEmpty() ? Exit.DONE : Exit.BLIND;
        }
    }

    private Incident read(Job job, Instant from, Instant now) {
        List<String> unseen = new ArrayList<>();
        job.workshop().fleet().unreachable().keySet().forEach(node -> unseen.add(node.text() + ": does not answer"));
        job.events().tell(new Event.Looking("what happened"));
        Map<Node, Reading<HostPast>> read =
                Parallel.allOrFail(Parallel.each(job.workshop().reached(), node -> {
                    Probe<HostPast> probe = HostPast.probe(node.name().text(), from);
                    return Look.at(job.workshop().fleet().host(node.name()), List.of(probe), Script.As.ROOT)
                            .of(probe);
                }));
        Map<String, HostPast> pasts = new LinkedHashMap<>();
        read.forEach((node, reading) -> {
            if (reading instanceof Reading.Known<HostPast> known) {
                pasts.put(node.name().text(), known.value());
            } else {
                unseen.add(node.name().text() + ": " + ((Reading.Unknown<HostPast>) reading).why());
            }
        });
        List<Happening> own = OwnRuns.since(PastRun.in(RunsCommand.folder(io, job.cluster())), from);
        return Incident.of(job.cluster().name(), from, now, pasts, own, unseen);
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
