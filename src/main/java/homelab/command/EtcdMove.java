package homelab.command;

import homelab.host.Script;
import homelab.inventory.InventoryReader;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import homelab.phase.EtcdGuard;
import homelab.phase.EtcdPhases;
import homelab.plan.Finding;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.datastore.MoveStage;
import homelab.run.Look;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The one server's data move from SQLite to etcd. Ends with {@code k3s.cluster-init: true} in the inventory, where that
 * said otherwise.
 */
record EtcdMove(Io io, Common common, RoleWords words) {

    Exit carriedOut() {
        Exit exit = moved();
        if (exit == Exit.DONE && !words.dryRun()) {
            write();
        }
        return exit;
    }

    private Exit moved() {
        try (Job job = Job.seeing(io, common, "promote", Cluster::inEtcd)) {
            Node server = server(job.cluster());
            MoveStage is = stage(job, server);
            Checked.refuse(new EtcdGuard(job.workshop().site(), server, is).against());
            Carry carry = new Carry(io, job, Consent.asking(words.yes()), common.json(), "promote")
                    .takingAway("homelab snapshot save -i " + job.inventory() + ": k3s takes snapshots of etcd")
                    .saying(is.sqlite() ? List.of(beforehand(server, is)) : List.of());
            EtcdPhases phases = new EtcdPhases(server, is.isUnderWay());
            return words.dryRun() ? carry.show(phases.move()) : carry.out(phases.move());
        }
    }

    /** It is named, so that nobody moves the data of another cluster than he thought. */
    private Node server(Cluster cluster) {
        Near.refuseUnknown(
                words.typed(),
                cluster.nodes().stream().map(node -> node.name().text()).toList(),
                "the inventory has no node",
                "homelab validate");
        List<NodeName> names = List.copyOf(words.names());
        Node server = cluster.node(names.get(0)).orElseThrow();
        if (names.size() > 1 || !server.isServer()) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "--to-etcd moves the data of one server",
                            String.join(", ", words.typed()) + (names.size() > 1 ? " are several" : " is an agent"),
                            "homelab promote " + cluster.servers().get(0).name()
                                    + " --to-etcd; then promote the others"));
        }
        return server;
    }

    private static MoveStage stage(Job job, Node server) {
        job.workshop().site();
        Reading<MoveStage> seen = Look.at(
                        job.workshop().fleet().host(server.name()), List.of(MoveStage.PROBE), Script.As.ROOT)
                .of(MoveStage.PROBE);
        if (seen instanceof Reading.Known<MoveStage> known) {
            return known.value();
        }
        throw new Failure(
                Exit.BLIND,
                Problem.of(
                        server.name() + ": it could not be seen where k3s has its data",
                        ((Reading.Unknown<MoveStage>) seen).why(),
                        "homelab status -i " + job.inventory()));
    }

    private static Finding beforehand(Node server, MoveStage is) {
        return Finding.note(
                "the API will be away while k3s of " + server.name() + " starts again, for a minute or more",
                String.format(
                        Locale.ROOT,
                        "%.1f MB of SQLite are copied, and etcd is written key by key; pods go on, and nothing is"
                                + " scheduled meanwhile",
                        is.bytes() / 1e6),
                "");
    }

    /** That word, and what init had said beside it. */
    private void write() {
        Path inventory = common.inventory(io);
        InventoryReader.whereIsClusterInit(inventory).ifPresent(at -> {
            String[] lines = KeptFile.text(inventory, "homelab init").split("\n", -1);
            String line = lines[at.line() - 1];
            String rest = line.substring(at.column() - 1);
            if (!rest.startsWith("true")) {
                lines[at.line() - 1] = line.substring(0, at.column() - 1)
                        + rest.replaceFirst("^\\w+( *# its data is in SQLite)?", "true");
                KeptFile.rewrite(inventory, String.join("\n", lines));
                io.err().println("written: " + inventory + ":" + at.line());
            }
        });
    }
}
