package homelab.command;

import homelab.host.Host;
import homelab.kube.KubeApi;
import homelab.kube.ServerAccess;
import homelab.storage.Storage;

/** What Longhorn and the API say of where data lies. */
final class StorageLook {
    private static final String LONGHORN = "/apis/longhorn.io/v1beta2/";

    private StorageLook() {}

    static Storage at(Host server) {
        try (KubeApi api = ServerAccess.open(server)) {
            return of(api);
        }
    }

    static Storage of(KubeApi api) {
        String persistent = api.raw("/api/v1/persistentvolumes");
        if (!api.raw("/apis").contains("\"longhorn.io\"")) {
            return Storage.of(persistent, "", "", "");
        }
        return Storage.of(
                persistent, api.raw(LONGHORN + "volumes"), api.raw(LONGHORN + "replicas"), api.raw(LONGHORN + "nodes"));
    }
}
