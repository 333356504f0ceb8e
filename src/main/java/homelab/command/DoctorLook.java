package homelab.command;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.doctor.Answers;
import homelab.doctor.Check;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.doctor.Lists;
import homelab.doctor.Seen;
import homelab.doctor.Snapshot;
import homelab.doctor.Trips;
import homelab.doctor.gitops.GitFiles;
import homelab.facts.RoundTrip;
import homelab.host.Script;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.probe.Readings;
import homelab.problem.Problem;
import homelab.run.Event;
import homelab.run.Fleet;
import homelab.run.Look;
import homelab.run.Parallel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks all hosts what checks want to know, in two trips, and one server what the API lists. */
final class DoctorLook {
    private final Job job;
    private final Trips trips;
    private final boolean git;

    DoctorLook(Job job, List<Check> checks) {
        this.job = job;
        this.trips = new Trips(job.cluster(), checks);
        this.git = checks.stream().anyMatch(check -> check.id().equals("GITOPS-003"));
    }

    Snapshot snapshot() {
        Instant at = job.time().now();
        job.events().tell(new Event.Looking("the hosts"));
        Map<NodeName, Seen> first = unreachable();
        Parallel.allOrFail(Parallel.each(job.workshop().reached(), this::first))
                .forEach((node, seen) -> first.put(node.name(), seen));
        House house = new House(job.cluster(), new Snapshot(at, first, Map.of()));
        job.events().tell(new Event.Looking("the cluster"));
        return second(house, at, first);
    }

    private Map<NodeName, Seen> unreachable() {
        Map<NodeName, Seen> seen = new LinkedHashMap<>();
        job.workshop().fleet().unreachable().forEach((name, failure) -> {
            Problem problem = failure.problems().get(0);
            seen.put(name, new Seen.Unreachable(problem.why(), problem.fix()));
        });
        return seen;
    }

    private Seen.Reached first(Node node) {
        Instant sent = job.time().now();
        Readings readings = ask(node, trips.first(node));
        return new Seen.Reached(new RoundTrip(sent, job.time().now()), answers(readings));
    }

    private Snapshot second(House house, Instant at, Map<NodeName, Seen> first) {
        Probe<Map<String, Reading<List<JsonNode>>>> lists = Lists.probe(trips.listings());
        Optional<NodeName> lister = trips.lister(house);
        Map<Node, Readings> readings =
                Parallel.allOrFail(Parallel.each(job.workshop().reached(), node -> {
                    List<Probe<?>> probes = new ArrayList<>(trips.second(house, node));
                    if (lister.equals(Optional.of(node.name()))) {
                        probes.add(lists);
                    }
                    return ask(node, probes);
                }));
        Map<NodeName, Seen> seen = new HashMap<>(first);
        readings.forEach((node, later) -> seen.computeIfPresent(node.name(), (name, before) -> with(before, later)));
        Reading<Map<String, Reading<List<JsonNode>>>> listed = lister.flatMap(job.cluster()::node)
                .flatMap(node -> Optional.ofNullable(readings.get(node)))
                .map(of -> of.of(lists))
                .orElse(new Reading.Unknown<>("the API does not answer on any server"));
        return withGit(new Snapshot(at, seen, listed(listed)), lister);
    }

    /** Only where somebody applied an Application by hand is there a file to look for. */
    private Snapshot withGit(Snapshot snapshot, Optional<NodeName> lister) {
        if (!git || lister.isEmpty() || !GitFiles.wanted(new House(job.cluster(), snapshot))) {
            return snapshot;
        }
        job.events().tell(new Event.Looking("the repositories"));
        Map<String, Reading<List<JsonNode>>> lists = new HashMap<>(snapshot.lists());
        lists.put(GitFiles.FILES.name(), DoctorGit.files(job.workshop().fleet().host(lister.get())));
        return new Snapshot(snapshot.at(), snapshot.hosts(), lists);
    }

    private Map<String, Reading<List<JsonNode>>> listed(Reading<Map<String, Reading<List<JsonNode>>>> lists) {
        if (lists instanceof Reading.Known<Map<String, Reading<List<JsonNode>>>> known) {
            return known.value();
        }
        String why = ((Reading.Unknown<?>) lists).why();
        Map<String, Reading<List<JsonNode>>> none = new HashMap<>();
        trips.listings().stream().map(Listing::name).forEach(name -> none.put(name, new Reading.Unknown<>(why)));
        return none;
    }

    private static Seen with(Seen before, Readings later) {
        return before instanceof Seen.Reached reached
                ? new Seen.Reached(reached.trip(), reached.answers().and(answers(later)))
                : before;
    }

    private Readings ask(Node node, List<Probe<?>> probes) {
        Fleet fleet = job.workshop().fleet();
        return Look.at(fleet.host(node.name()), probes, Script.As.ROOT);
    }

    /** All but what the API listed, which is kept apart. */
    @SuppressWarnings("unchecked") // every other probe was asked for its answer as it came
    private static Answers answers(Readings readings) {
        Map<String, Reading<Answer>> answers = new HashMap<>();
        readings.byId().forEach((id, reading) -> {
            if (!id.equals(Lists.ID)) {
                answers.put(id, (Reading<Answer>) reading);
            }
        });
        return new Answers(answers);
    }
}
