package homelab.command;

import homelab.artifact.Fetch;
import homelab.artifact.Release;
import homelab.host.Host;
import homelab.kube.KubeApi;
import homelab.kube.ServerAccess;
import homelab.kubeconfig.KubeconfigFile;
import homelab.model.NodeName;
import homelab.resource.Deed;
import homelab.run.Deeds;
import homelab.run.Evictor;
import homelab.run.Time;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** The deeds that need the API, the user's files or the network, wired to the rooms that can do them. */
record Reach(Time time, Fetch fetch, Witness witness) implements Deeds {

    @Override
    public void patch(Host leader, Deed.PatchNode deed) {
        try (KubeApi api = ServerAccess.open(leader)) {
            api.patchNode(deed);
        }
    }

    @Override
    public Evictor evictor(Host leader) {
        KubeApi api = ServerAccess.open(leader);
        return new Evictor() {
            @Override
            public void cordon(NodeName node) {
                api.cordon(node);
            }

            @Override
            public Optional<String> evict(String namespace, String pod) {
                return api.evict(namespace, pod);
            }

            @Override
            public void delete(String namespace, String pod) {
                api.deletePod(namespace, pod);
            }

            @Override
            public void close() {
                api.close();
            }
        };
    }

    @Override
    public void untilConfirmed(Host host, Runnable change) {
        witness.untilConfirmed(host, change);
    }

    @Override
    public void merge(Host server, Deed.MergeKubeconfig deed) {
        new KubeconfigFile(deed.file(), LocalDate.ofInstant(time.now(), ZoneId.systemDefault()))
                .merge(deed.context(), ServerAccess.read(server, deed.apiUrl()), foreign(deed));
    }

    @Override
    public void drop(Deed.DropContext deed) {
        new KubeconfigFile(deed.file(), LocalDate.ofInstant(time.now(), ZoneId.systemDefault()))
                .drop(deed.context(), deed.caSha256());
    }

    private static KubeconfigFile.Foreign foreign(Deed.MergeKubeconfig deed) {
        return deed.replace() ? KubeconfigFile.Foreign.REPLACE : KubeconfigFile.Foreign.REFUSE;
    }

    @Override
    public void fetch(Deed.Fetch deed, Host.Progress progress) {
        String name = String.valueOf(deed.cached().getFileName());
        fetch.fetch(
                new Release.Artifact(name, deed.sha256(), deed.cached()),
                deed.from(),
                (bytes, total) -> progress.sent(bytes));
    }
}
