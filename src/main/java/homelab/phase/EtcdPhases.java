package homelab.phase;

import homelab.model.Node;
import homelab.model.Role;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.HeardAnew;
import homelab.resource.K3sApi;
import homelab.resource.NodeCondition;
import homelab.resource.Resource;
import homelab.resource.ServiceConfig;
import homelab.resource.TextFile;
import homelab.resource.datastore.MoveOver;
import homelab.resource.datastore.MovedToEtcd;
import homelab.resource.datastore.ObjectsListed;
import homelab.resource.datastore.ObjectsThere;
import homelab.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The data of the one server's k3s from SQLite to etcd. What keeps the move whole is in its place before k3s is told of
 * etcd, and goes when all that was in the cluster is found again: wherever it breaks off, k3s starts with all of its data,
 * and the same phases end it.
 *
 * @param server whose k3s it is
 * @param underWay whether there is a move, or one to be ended
 */
public record EtcdPhases(Node server, boolean underWay) {
    private static final String SCRIPT = "usr/local/lib/homelab/to-etcd";
    private static final String DROP_IN = "etc/systemd/system/k3s.service.d/30-homelab-to-etcd.conf";

    public List<Phase> move() {
        WatchesAnew watches = new WatchesAnew(server.name(), "to-etcd");
        List<Phase> phases = new ArrayList<>(List.of(
                phase("guard", site -> onSqlite(site) ? guard() : Stream.empty()),
                phase("config", site -> onSqlite(site) ? Stream.of(config(site)) : Stream.empty()),
                phase("datastore", site -> Stream.of(new MovedToEtcd())),
                phase("server", site -> gates())));
        phases.addAll(underWay ? watches.phases() : List.of());
        phases.addAll(List.of(
                new Anew(new VerifyPhase()),
                phase("over", site -> Stream.of(new ObjectsThere(), new MoveOver())),
                watches.over()));
        return phases;
    }

    private static boolean onSqlite(Site site) {
        return EtcdGuard.onSqlite(site).isPresent();
    }

    private static Stream<Resource> guard() {
        TextFile script =
                TextFile.of("/" + SCRIPT, Templates.load(SCRIPT).text()).withMode("0755");
        TextFile dropIn = TextFile.of("/" + DROP_IN, Templates.load(DROP_IN).text());
        return Stream.of(
                new ObjectsListed(), script, new ServiceConfig(dropIn, "unit of k3s", "systemctl daemon-reload"));
    }

    private Resource config(Site site) {
        return K3sNode.of(site, server).configFile();
    }

    private Stream<Resource> gates() {
        return Stream.of(
                new HeardAnew(new K3sApi(), server.name(), Role.SERVER.unit()),
                NodeCondition.ready(server.name()),
                NodeCondition.voter(server.name()));
    }

    /** A step after the other: the next is of use only when the one before is so. */
    private Phase phase(String name, Function<Site, Stream<Resource>> made) {
        return new OfSteps(
                name,
                site -> made.apply(site)
                        .map(resource -> new Step(name, new Target.OnHost(server.name()), resource))
                        .toList());
    }
}
