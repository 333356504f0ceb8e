package homelab.command;

import homelab.facts.K3sState;
import homelab.inventory.InventoryReader;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Role;
import homelab.phase.JoinPhases;
import homelab.phase.Phase;
import homelab.phase.RemovalPhases;
import homelab.phase.RoleGuard;
import homelab.plan.Finding;
import homelab.problem.Exit;
import homelab.problem.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Nodes change their role, one after another: each leaves the cluster as what it is and joins it again as what it is to be.
 * How far a node is, its host tells: one that has the unit of its new role only joins.
 *
 * @param verb as it is typed
 * @param to what they are to be
 */
record RoleChange(Io io, Common common, String verb, Role to, RoleWords words) {

    Exit carriedOut() {
        Consent consent = Consent.asking(words.yes());
        Set<NodeName> done = new LinkedHashSet<>();
        for (NodeName name : words.names()) {
            Left left = leave(name, done, consent);
            if (left.exit != Exit.DONE || words.dryRun()) {
                return left.exit;
            }
            done.add(name);
            Exit joined = join(name, done, left.asked ? Consent.given() : consent);
            if (joined != Exit.DONE) {
                return joined;
            }
            consent = Consent.given();
        }
        write();
        return Exit.DONE;
    }

    /** @param asked whether the user has agreed to all of it by that */
    private record Left(Exit exit, boolean asked) {}

    /** The cluster when these have their new role already, and the others that are named do not. */
    private Cluster when(Cluster inventory, Set<NodeName> done) {
        Near.refuseUnknown(
                words.typed(),
                inventory.nodes().stream().map(node -> node.name().text()).toList(),
                "the inventory has no node",
                "homelab validate");
        Role from = to == Role.SERVER ? Role.AGENT : Role.SERVER;
        Checked.refuse(
                RoleGuard.count(inventory.with(words.names(), to)).stream().toList());
        return inventory.with(words.names(), from).with(done, to);
    }

    private Left leave(NodeName name, Set<NodeName> done, Consent consent) {
        try (Job job = Job.seeing(io, common, verb, inventory -> when(inventory, done))) {
            Node node = job.cluster().node(name).orElseThrow();
            job.workshop().fleet().host(name);
            Checked.refuse(new RoleGuard(job.workshop().site(), node, to).against());
            if (hasUnit(job, node)) {
                return new Left(words.dryRun() ? told(job, name) : Exit.DONE, false);
            }
            RemovalLook look = RemovalLook.of(job, node);
            List<Phase> phases = new RemovalPhases(node, look.through(), false, false)
                    .toComeBack(words.leaving().terms(), words.leaving().timeout(), look.access());
            Carry carry = new Carry(io, job, consent, common.json(), verb)
                    .takingAway("it joins again, as " + to.word())
                    .saying(findings(job, name, done));
            return new Left(words.dryRun() ? carry.show(phases) : carry.out(phases), true);
        }
    }

    private Exit told(Job job, NodeName name) {
        job.quiet();
        io.out().println(name + " has k3s as " + to.word() + " already; what is missing of its joining: homelab plan");
        return Exit.DONE;
    }

    private boolean hasUnit(Job job, Node node) {
        return job.workshop()
                .site()
                .k3sOf(node)
                .flatMap(K3sState::unit)
                .filter(to.unit()::equals)
                .isPresent();
    }

    /** Before the first, what speaks against any of them; each is looked at again when it is its turn. */
    private List<Finding> findings(Job job, NodeName now, Set<NodeName> done) {
        List<Finding> findings = new ArrayList<>();
        for (NodeName name : done.isEmpty() ? words.names() : Set.of(now)) {
            Node node = job.cluster().node(name).orElseThrow();
            if (!hasUnit(job, node)) {
                findings.addAll(RemovalLook.of(job, node)
                        .findings(false, guard -> guard.leaving(words.leaving().lost())));
            }
        }
        if (done.isEmpty()) {
            String rest = words.names().stream().skip(1).map(NodeName::text).collect(Collectors.joining(", "));
            findings.add(Finding.note(
                    now + ": joins again as " + to.word() + " when this is done",
                    rest.isEmpty() ? "its host stays prepared" : "then comes, in the same way: " + rest,
                    ""));
        }
        return findings.stream().distinct().toList();
    }

    private Exit join(NodeName name, Set<NodeName> done, Consent consent) {
        try (Job job = Job.wanting(io, common, verb, inventory -> when(inventory, done))) {
            job.leader();
            return new Carry(io, job, consent, common.json(), verb)
                    .takingAway("homelab bootstrap -i " + job.inventory() + ", which tells the others")
                    .out(JoinPhases.of(job.wanted().ofNodes(), Set.of(name)));
        }
    }

    /** Those words, and nothing else in the file. */
    private void write() {
        Path inventory = common.inventory(io);
        String[] lines = KeptFile.text(inventory, "homelab init").split("\n", -1);
        List<String> changed = new ArrayList<>();
        for (NodeName name : words.names()) {
            Optional<Place> place = InventoryReader.whereIsRole(name, inventory);
            place.filter(at -> !lines[at.line() - 1].startsWith(to.word(), at.column() - 1))
                    .ifPresent(at -> {
                        String line = lines[at.line() - 1];
                        lines[at.line() - 1] = line.substring(0, at.column() - 1)
                                + line.substring(at.column() - 1).replaceFirst("server|agent", to.word());
                        changed.add(inventory + ":" + at.line());
                    });
        }
        if (!changed.isEmpty()) {
            KeptFile.rewrite(inventory, String.join("\n", lines));
            io.err().println("written: " + String.join(", ", changed));
        }
    }
}
