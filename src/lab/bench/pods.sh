#!/bin/bash
# Runs on the server of a laboratory: writes nodes that nobody runs and pods that say they run there, as a house of that
# size would have them. The pods of one namespace are one application's; nothing of it asks for more than the API.
#
# pods.sh NODES FROM TO: pods with the numbers from FROM to TO
set -euo pipefail
cd /var/lib/rancher/k3s/server/tls
nodes=$1 from=$2 to=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

send() { # CONFIG: requests one after another over one connection
  curl -s -o /dev/null --noproxy '*' --cacert server-ca.crt --cert client-admin.crt --key client-admin.key -K "$1"
}
request() { # METHOD PATH FILE TYPE
  printf 'next\nurl = "https://127.0.0.1:6443%s"\nrequest = "%s"\nheader = "Content-Type: %s"\ndata-binary = "@%s"\n' "$2" "$1" "$4" "$3"
  printf 'cacert = server-ca.crt\ncert = client-admin.crt\nkey = client-admin.key\nsilent\nnoproxy = "*"\noutput = /dev/null\n'
}
create() { request POST "$1" "$2" application/json; }

node() { # NUMBER
  printf '{"apiVersion":"v1","kind":"Node","metadata":{"name":"bench-%s","labels":{"kubernetes.io/hostname":"bench-%s"}}}' "$1" "$1" >"$folder/node-$1"
  create /api/v1/nodes "$folder/node-$1"
}
namespace() { # NUMBER
  printf '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"bench-%s"}}' "$1" >"$folder/ns-$1"
  create /api/v1/namespaces "$folder/ns-$1"
}

# A pod as charts make them, some 3 kB, with what doctor does not read as well.
labels='"app.kubernetes.io/name":"web","app.kubernetes.io/instance":"web","app.kubernetes.io/managed-by":"Helm","helm.sh/chart":"web-1.2.3","pod-template-hash":"6d4cf56db6"'
container='{"name":"web","image":"registry.example/web:1.2.3","args":["--listen","0.0.0.0:8080","--log-level","info"],"env":[{"name":"A","value":"one"},{"name":"B","value":"two"},{"name":"C","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}}],"ports":[{"containerPort":8080,"name":"http"}],"resources":{"requests":{"cpu":"10m","memory":"32Mi"},"limits":{"memory":"64Mi"}},"livenessProbe":{"httpGet":{"path":"/healthz","port":"http"}},"readinessProbe":{"httpGet":{"path":"/readyz","port":"http"}},"securityContext":{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"runAsNonRoot":true,"capabilities":{"drop":["ALL"]}}}'
status='{"status":{"phase":"Running","podIP":"10.42.9.9","conditions":[{"type":"Initialized","status":"True"},{"type":"Ready","status":"True"},{"type":"ContainersReady","status":"True"},{"type":"PodScheduled","status":"True"}],"containerStatuses":[{"name":"web","image":"registry.example/web:1.2.3","imageID":"registry.example/web@sha256:5e3a8a0b6f0d5f8b5c0a4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a","containerID":"containerd://5e3a8a0b6f0d5f8b5c0a4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a","ready":true,"started":true,"restartCount":0,"state":{"running":{"startedAt":"2026-11-22T04:44:00Z"}}}],"qosClass":"Burstable","startTime":"2026-11-22T04:43:50Z"}}'
printf '%s' "$status" >"$folder/status"

pod() { # NUMBER
  local name=web-$1 space=bench-$(($1 % 20)) on=bench-$(($1 % nodes))
  printf '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{%s}},"spec":{"nodeName":"%s","tolerations":[{"operator":"Exists"}],"containers":[%s]}}' \
    "$name" "$labels" "$on" "$container" >"$folder/pod-$1"
  create "/api/v1/namespaces/$space/pods" "$folder/pod-$1"
  request PATCH "/api/v1/namespaces/$space/pods/$name/status" "$folder/status" application/merge-patch+json
}

{
  echo silent
  for ((i = 0; i < nodes; i++)); do node "$i"; done
  for ((i = 0; i < 20; i++)); do namespace "$i"; done
} >"$folder/first"
send "$folder/first"
# No pod is let in before its namespace has an account.
until k3s kubectl get serviceaccount default -n bench-19 >/dev/null 2>&1; do sleep 0.2; done
for part in 0 1 2 3; do
  { for ((i = from + part; i <= to; i += 4)); do pod "$i"; done; } >"$folder/part-$part"
done
for part in 0 1 2 3; do send "$folder/part-$part" & done
wait
