# The proof: one pod per node, each fetched from every node's pod, so through VXLAN and through both firewalls.

server_of() { awk -F'[ :{,]+' '/role: server/ {print $2; exit}' "$root/inventory/$lab.yaml"; }
kubectl() { "$root/cli/lab" ssh "$server" sudo k3s kubectl "$@"; }

proof_manifest() {
  cat <<'Y'
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: try-proof, namespace: default}
spec:
  selector: {matchLabels: {app: try-proof}}
  template:
    metadata: {labels: {app: try-proof}}
    spec:
      terminationGracePeriodSeconds: 0
      tolerations: [{operator: Exists}]
      containers:
      - name: web
        image: busybox:1
        imagePullPolicy: IfNotPresent
        command: [sh, -c, 'mkdir -p /www; echo $NODE > /www/index.html; exec httpd -f -p 8080 -h /www']
        env: [{name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]
Y
}
proof_pods() { kubectl get pods -l app=try-proof -o "'jsonpath={range .items[*]}{.spec.nodeName} {.metadata.name} {.status.podIP}{\"\\n\"}{end}'"; }

proof_runs() {
  local here there pod address pods
  proof_manifest | kubectl apply -f -
  kubectl rollout status daemonset/try-proof --timeout=120s
  pods=$(proof_pods)
  [ "$(wc -l <<<"$pods")" -ge 2 ]
  while read -r here pod _ <&3; do
    while read -r there _ address <&4; do
      answers "$here" "$pod" "$there" "$address"
    done 4<<<"$pods"
  done 3<<<"$pods"
}
answers() { # FROM POD TO ADDRESS
  local got; got=$(kubectl exec "$2" -- timeout 10 wget -qO- "http://$4:8080/" </dev/null)
  echo "$1 -> $3: $got"
  [ "$got" = "$3" ]
}
proof_removed() { kubectl delete daemonset/try-proof --ignore-not-found --wait=false >/dev/null 2>&1 </dev/null || true; }

prove() {
  server=$(server_of)
  trap proof_removed EXIT
  long "a pod on each node, answering the pods of the others" "$state/proof.log" errexit proof_runs
  grep -- '->' "$state/proof.log" | sed 's/^/  /' >&2
  proof_removed
  trap - EXIT
}
errexit() { (set -e; "$@"); }
