package homelab.resource.backup;

/** What is common to pausing workloads and starting them again, in sh, on a server. */
final class WorkloadScript {
    /** How many there were and for which run, at the workload itself: who comes after a run that was killed puts it right. */
    static final String NOTE = "homelab/backup-replicas";

    static final String PIECES = """
            k() { /usr/local/bin/k3s kubectl "$@"; }
            users() { # NAMESPACE CLAIM: POD KIND OWNER of those that mount it
              all=$(k -n "$1" get pods --no-headers -o 'custom-columns=N:.metadata.name,C:.spec.volumes[*].persistentVolumeClaim.claimName,K:.metadata.ownerReferences[0].kind,O:.metadata.ownerReferences[0].name,P:.status.phase') || return 1
              echo "$all" | awk -v c=",$2," 'NF == 5 && $5 != "Succeeded" && $5 != "Failed" && index("," $2 ",", c) {print $1, $3, $4}'
            }
            noted() { # KIND NAMESPACE NAME REPLICAS:RUN of those that were paused
              all=$(k get deployments,statefulsets -A --no-headers -o 'custom-columns=K:.kind,S:.metadata.namespace,N:.metadata.name,R:.metadata.annotations.%s') || return 1
              echo "$all" | awk 'NF == 4 && $4 ~ /^[0-9]+:/'
            }
            """.formatted(NOTE);

    private WorkloadScript() {}
}
