package homelab.resource.longhorn;

/**
 * The test of a volume in POSIX sh. Longhorn's image has a shell and the usual small programs; each pod ends well whatever
 * happened in it, and its termination message says what did.
 */
final class VolumeScript {
    private VolumeScript() {}

    static final String PIECES = """
            set -u
            exec 9>"$lock"
            flock -n 9 || { echo 'another test of the storage works on this server' >&2; echo 'fix: wait for its end' >&2; exit 1; }
            run=$(od -An -N4 -tx1 /dev/urandom | tr -d ' \\n')
            name=homelab-test-$run mark=homelab/test=volume volume=
            k() { k3s kubectl -n "$ns" "$@"; }
            clock() { read -r up rest </proc/uptime; echo "${up%.*}"; }
            begin() { step=$1 node=$2 since=$(clock); }
            tell() { echo "$step $node $(($(clock) - since))"; }
            one_line() { tr '\\n' ' ' | sed 's/ *$//' | cut -c1-300; }
            events() {
              k get events --sort-by=.metadata.creationTimestamp \\
                -o jsonpath='{range .items[?(@.type=="Warning")]}{.involvedObject.name}: {.reason}: {.message}{"\\n"}{end}' 2>/dev/null |
                grep "^homelab-test-$run" | grep -v 'unbound immediate' | uniq | tail -n 3 | cut -c1-300
            }
            fail() { # WHAT FIX
              { if [ "$node" = - ]; then echo "at the step '$step': $1"; else echo "at the step '$step' on $node: $1"; fi
                events; echo "fix: $2"; } >&2
              exit 1
            }
            until_so() { # SECONDS COMMAND...: asks until the command says yes
              end=$(($(clock) + $1)); shift
              until "$@"; do [ "$(clock)" -lt "$end" ] || return 1; sleep 0.3; done
            }
            volumes() {
              k3s kubectl get pv -o jsonpath='{range .items[*]}{.spec.claimRef.namespace}/{.spec.claimRef.name} {.metadata.name}{"\\n"}{end}' |
                sed -n "s,^$ns/homelab-test-[0-9a-f]* ,,p"
            }
            of_backups() { k get backups.longhorn.io -l "$mark" -o jsonpath='{range .items[*]}{.metadata.labels.backup-volume}{"\\n"}{end}'; }
            backup_volumes() { # VOLUME
              k get backupvolumes.longhorn.io -o jsonpath='{range .items[*]}{.spec.volumeName} {.metadata.name}{"\\n"}{end}' | sed -n "s/^$1 //p"
            }
            remove() {
              k delete pod -l "$mark" --wait=false --grace-period=1
              for pv in $(volumes); do # a class may say that volumes are kept
                k3s kubectl patch pv "$pv" -p '{"spec":{"persistentVolumeReclaimPolicy":"Delete"}}'
              done
              k delete pvc -l "$mark" --wait=false
              for v in $(of_backups); do
                for b in $(backup_volumes "$v"); do k delete backupvolumes.longhorn.io "$b" --wait=false; done
              done
              k delete backups.longhorn.io,snapshots.longhorn.io -l "$mark" --wait=false
            } >/dev/null 2>&1
            ours() { k get pod,pvc,backups.longhorn.io -l "$mark" --ignore-not-found -o name; }
            left() { { ours; volumes; } | one_line; }
            gone() { is=$(ours) && [ -z "$is$(volumes)" ]; }
            trap remove EXIT
            trap 'exit 1' HUP INT TERM
            create() { made=$(k create -f - 2>&1) || fail "not taken: $made" 'mend what the API names, and try again'; }
            pod() { # NODE COMMAND: runs it there with the volume at /data
              node=$1
              sed "s/NAME/$name/; s/AT/$1/; s,IMAGE,$image,; s,DO,$2," <<'E' >"$lock.pod"
            apiVersion: v1
            kind: Pod
            metadata: {name: NAME-AT, labels: {homelab/test: volume}}
            spec:
              restartPolicy: Never
              terminationGracePeriodSeconds: 1
              automountServiceAccountToken: false
              affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: ["AT"]}]}]}}}
              tolerations: [{operator: Exists}]
              containers:
              - name: test
                image: "IMAGE"
                imagePullPolicy: IfNotPresent
                command: [sh, -c, "{ DO; } >/dev/termination-log 2>&1; exit 0"]
                resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {memory: 64Mi}}
                volumeMounts: [{name: data, mountPath: /data}]
              volumes: [{name: data, persistentVolumeClaim: {claimName: NAME}}]
            E
              create <"$lock.pod"
            }
            phase() { k get pod "$name-$node" -o jsonpath='{.status.phase}'; }
            ended() { case $(phase) in Succeeded|Failed) ;; *) false ;; esac; }
            said() { k get pod "$name-$node" -o jsonpath='{.status.containerStatuses[0].state.terminated.message}' | one_line; }
            state() { k get volumes.longhorn.io "$volume" -o jsonpath='{.status.state}'; }
            detached() { [ "$(state)" = detached ]; }
            run_out() { # SECONDS: the pod comes to its end
              until_so "$1" ended || fail "the pod is $(phase) after $1 s, the volume $(state)" \\
                "is iscsid running on $node, and does multipathd leave Longhorn's disks alone? the pods longhorn-csi-plugin and instance-manager there say more"
            }
            let_go() {
              begin detach "$node"
              k delete pod "$name-$node" --grace-period=1 >/dev/null
              until_so 150 detached || fail "the volume is $(state) after 150 s" \\
                "the pods longhorn-csi-plugin and instance-manager on $node say more"
              tell
            }
            """;

    static final String WRITE = """
            set -- $nodes
            first=$1
            begin prepare -
            remove
            until_so 120 gone || fail "what an earlier test left does not go away: $(left)" "k3s kubectl -n $ns describe pvc,pod -l $mark names what holds it"
            for each in $nodes; do
              [ "$(k3s kubectl get node "$each" -o jsonpath='{.status.conditions[?(@.type=="Ready")].status}')" = True ] ||
                { node=$each; fail 'it stores data and is not Ready' "homelab status; when it is back, try again"; }
            done
            image=$(k get daemonset longhorn-manager -o jsonpath='{.spec.template.spec.containers[0].image}') && [ -n "$image" ] ||
              fail 'there is no longhorn-manager' 'homelab addons apply longhorn'
            begin bind -
            sed "s/NAME/$name/" <<'E' >"$lock.claim"
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: NAME, labels: {homelab/test: volume}}
            spec: {storageClassName: longhorn, accessModes: [ReadWriteOnce], resources: {requests: {storage: 512Mi}}}
            E
            create <"$lock.claim"
            pod "$first" "echo $run >/data/homelab; sync; echo written" # now, for a class that waits for the first consumer
            node=-
            bound() { [ "$(k get pvc "$name" -o jsonpath='{.status.phase}')" = Bound ]; }
            until_so 120 bound || fail 'the claim is not bound after 120 s' \\
              'homelab storage: as many nodes as a volume has copies need room for it; the pods csi-provisioner say more'
            volume=$(k get pvc "$name" -o jsonpath='{.spec.volumeName}')
            tell
            begin write "$first"
            run_out 240
            wrote=$(said)
            [ "$wrote" = written ] || fail "the pod says: $wrote" "sudo dmesg on $first says why the volume cannot be written there"
            tell
            let_go
            """;

    static final String BACKUP = """
            begin backup -
            target() { k get backuptargets.longhorn.io default -o jsonpath="$1" | one_line; }
            [ "$(target '{.status.available}')" = true ] ||
              fail "the backup target is not available: $(target '{.status.conditions[?(@.type=="Unavailable")].message}')" \\
                'mend its address or its credentials: addons.longhorn.backup in the inventory'
            sed "s/NAME/$name/; s/VOLUME/$volume/" <<'E' >"$lock.snapshot"
            apiVersion: longhorn.io/v1beta2
            kind: Snapshot
            metadata: {name: NAME, labels: {homelab/test: volume}}
            spec: {volume: VOLUME, createSnapshot: true}
            E
            create <"$lock.snapshot"
            ready() { [ "$(k get snapshots.longhorn.io "$name" -o jsonpath='{.status.readyToUse}')" = true ]; }
            until_so 120 ready || fail 'the snapshot is not ready after 120 s' 'the pods longhorn-manager say more'
            sed "s/NAME/$name/; s/SNAPSHOT/$name/; s/VOLUME/$volume/" <<'E' >"$lock.backup"
            apiVersion: longhorn.io/v1beta2
            kind: Backup
            metadata: {name: NAME, labels: {homelab/test: volume, backup-volume: VOLUME, backup-target: default}}
            spec: {snapshotName: SNAPSHOT}
            E
            create <"$lock.backup"
            backup() { k get backups.longhorn.io "$name" -o jsonpath="$1" | one_line; }
            over() { case $(backup '{.status.state}') in Completed|Error) ;; *) false ;; esac; }
            until_so 300 over || fail "the backup is $(backup '{.status.state} {.status.progress}') % after 300 s" 'is the target slow? the pods longhorn-manager say more'
            [ "$(backup '{.status.state}')" = Completed ] || fail "$(backup '{.status.error}')" 'may the key write there, and has the target room?'
            tell
            until_so 150 detached || fail "the volume is $(state) 150 s after its backup" 'the pods longhorn-manager say more'
            """;

    static final String READ = """
            if [ $# -gt 1 ]; then shift; else k wait --for=delete "pod/$name-$first" --timeout=60s >/dev/null 2>&1; fi
            for at; do
              begin read "$at"
              pod "$at" 'cat /data/homelab'
              run_out 200
              read=$(said)
              [ "$read" = "$run" ] || fail "it reads '$read' where '$run' was written" \\
                'keep no data there before this is understood; homelab storage shows where copies lie'
              tell
              let_go
            done
            begin delete -
            remove
            until_so 150 gone || fail "not gone after 150 s: $(left)" "k3s kubectl -n $ns describe pvc -l $mark; the pods csi-provisioner say more"
            rm -f "$lock".*
            tell
            trap - EXIT
            """;
}
