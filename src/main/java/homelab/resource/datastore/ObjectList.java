package homelab.resource.datastore;

import homelab.probe.Probe;

/**
 * Shell that lists the objects of a cluster, a line each: uid, kind, namespace, name. Without those that come and go by
 * themselves, and without what an API behind the API keeps, which no data of k3s are.
 */
final class ObjectList {
    private static final String PASSING =
            "^(pods|events|events[.]events[.]k8s[.]io|endpoints|endpointslices[.]discovery[.]k8s[.]io"
                    + "|leases[.]coordination[.]k8s[.]io|jobs[.]batch|componentstatuses|volumeattachments[.]storage[.]k8s[.]io"
                    + "|certificatesigningrequests[.]certificates[.]k8s[.]io|.*[.]metrics[.]k8s[.]io)$";

    private ObjectList() {}

    /** {@code objects} prints them in order; it fails where the API does not tell all. */
    static final String SHELL = Probe.LIFTED + """
            kubectl() { timeout -k 5 90 /usr/local/bin/k3s kubectl "$@" </dev/null; }
            objects() {
              kinds=$(kubectl api-resources --verbs=list -o name 2>/dev/null | grep -vE 'PASSING' | sort -u | paste -sd, -)
              [ -n "$kinds" ] || return
              kubectl get "$kinds" -A -o go-template='{{range .items}}{{.metadata.uid}} {{.kind}} {{.metadata.namespace}} {{.metadata.name}}{{"\\n"}}{{end}}' |
                LC_ALL=C sort
            }
            """.replace("PASSING", PASSING);
}
