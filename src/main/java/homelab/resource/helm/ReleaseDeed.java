package homelab.resource.helm;

import homelab.model.ChartRelease;
import homelab.resource.Deed;
import homelab.resource.Sh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Installs or upgrades a release on a server, and makes its objects what they should be. What an interrupted run left is
 * mended first: never by uninstalling, which could take data away. Nothing is forced, and no failure is rolled back.
 */
final class ReleaseDeed {
    /** Helm waits so long for each hook; a chart may have several. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private static final String SCRIPT = """
            set -eu
            umask 077
            dir=/var/lib/homelab/releases/$ns.$name
            mkdir -p "$dir"
            export KUBECONFIG=/etc/rancher/k3s/k3s.yaml HELM_CACHE_HOME="$dir" HELM_CONFIG_HOME="$dir" HELM_DATA_HOME="$dir"
            helm=/usr/local/lib/homelab/helm
            echo "$sum  $chart" | sha256sum -c --quiet >&2
            trap 'rm -f "$dir/values.json" "$dir/crds.yaml" "$dir/others.yaml"' EXIT
            feed >"$dir/values.json"

            # A HelmChart that its controller leaves alone may stay or go: no release goes with it. The controller would let
            # it wait for ever then, for the finalizer that it no longer handles (helm-controller 0.16.13, OnRemove).
            unmanaged() {
              k3s kubectl -n "$1" annotate --overwrite helmcharts.helm.cattle.io "$2" helmcharts.helm.cattle.io/unmanaged=true >&2 </dev/null
              holds=$(k3s kubectl -n "$1" get helmcharts.helm.cattle.io "$2" -o jsonpath='{.metadata.finalizers}' </dev/null)
              [ "$holds" != '["wrangler.cattle.io/on-helm-chart-remove"]' ] ||
                k3s kubectl -n "$1" patch helmcharts.helm.cattle.io "$2" --type=merge -p '{"metadata":{"finalizers":null}}' >&2 </dev/null
            }
            if [ -n "$adopt" ]; then
              k3s kubectl get helmcharts.helm.cattle.io -A --no-headers \\
                -o custom-columns=NS:.metadata.namespace,NAME:.metadata.name,TO:.spec.targetNamespace 2>/dev/null |
                while read -r from is to; do
                  [ "$to" != '<none>' ] || to=$from
                  [ "$is $to" != "$name $ns" ] || unmanaged "$from" "$is"
                done
            fi

            # A revision that is pending was interrupted; without its record Helm goes on from the one before.
            for secret in $(k3s kubectl -n "$ns" get secrets -o name \\
                -l "owner=helm,name=$name,status in (pending-install,pending-upgrade,pending-rollback)"); do
              echo "taking away the record of an interrupted run: $secret" >&2
              k3s kubectl -n "$ns" delete "$secret" >&2
            done

            # Helm installs the CRDs of a chart's crds/ once and never again.
            "$helm" show crds "$chart" >"$dir/crds.yaml"
            if grep -q '^kind:' "$dir/crds.yaml"; then
              crds() { k3s kubectl apply --server-side --force-conflicts --field-manager=homelab "$@" -f "$dir/crds.yaml" >&2; }
              crds --dry-run=server
              crds
              # What they are of outlives the release: an older chart is told by it that they are newer.
              k3s kubectl annotate --overwrite -f "$dir/crds.yaml" "homelab/chart=$from" >&2
              k3s kubectl wait --for=condition=Established --timeout=60s -f "$dir/crds.yaml" >&2
            fi

            began=$(date -u +%Y-%m-%dT%H:%M:%SZ)
            run=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \\n')
            # The last words of each hook of this run that did not come to its end.
            hooks() {
              k3s kubectl -n "$ns" get jobs --request-timeout=5s --no-headers -o \
                'custom-columns=N:.metadata.name,S:.status.succeeded,T:.metadata.creationTimestamp,H:.metadata.annotations.helm\\.sh/hook' 2>/dev/null </dev/null |
                awk -v began="$began" '$2 == "<none>" && $3 >= began && $4 != "<none>" { print $1 }' |
                while read -r job; do
                  echo "job $job said:"
                  k3s kubectl -n "$ns" logs --request-timeout=5s --tail=3 "job/$job" 2>&1 </dev/null
                done
            }
            why() {
              grep -v '^NAME:\\|^LAST\\|^NOTES' "$dir/log"
              ! grep -q 'invalid ownership metadata' "$dir/log" || echo "It belongs to no release, or to another one. With --adopt it is taken over."
              hooks
              k3s kubectl get --request-timeout=5s --raw /readyz >/dev/null 2>&1 </dev/null ||
                echo "The API of this server does not answer now: k3s is $(systemctl is-active k3s)."
            }
            # Without --reset-values Helm keeps the old ones when there are no new.
            go() {
              "$helm" upgrade "$name" "$chart" --install --namespace "$ns" --create-namespace --skip-crds --reset-values \\
                --values "$dir/values.json" --history-max 10 --timeout 5m --labels "$labels,homelab/run=$run" \\
                --description "homelab" $adopt "$@" >"$dir/log" 2>&1 || { why >&2; exit 1; }
            }
            go --dry-run=server
            echo "$run" >"$dir/run"
            go
            rm -f "$dir/run"

            # Of kinds that others define Helm mends nothing that was changed by hand.
            { echo; "$helm" get manifest --namespace "$ns" "$name"; } | awk -v RS='\\n---[^\\n]*\\n' '
              match($0, /(^|\\n)apiVersion: *[^\\n]*/) {
                version = substr($0, RSTART, RLENGTH); sub(/.*apiVersion: */, "", version); gsub(/["\\047 ]/, "", version)
                group = version; if (!sub(/\\/.*/, "", group)) group = ""
                if (group ~ /\\./ && group !~ /\\.k8s\\.io$/) printf "---\\n%s\\n", $0
              }' >"$dir/others.yaml"
            if [ -s "$dir/others.yaml" ]; then
              k3s kubectl apply --namespace "$ns" --server-side --force-conflicts --field-manager=helm -f "$dir/others.yaml" >&2
            fi
            """;

    private ReleaseDeed() {}

    /** @param sha256 of the packed chart, which lies on the server already */
    static Deed of(ChartRelease wanted, String sha256, boolean adopt) {
        List<String> head = new ArrayList<>();
        head.add("ns=" + Sh.quote(wanted.namespace()) + " name=" + Sh.quote(wanted.name()));
        head.add("chart=" + Sh.quote(ChartFile.path(wanted.chart())) + " sum=" + sha256);
        head.add("from=" + Sh.quote(wanted.chart().name() + "-" + wanted.chart().version()));
        head.add("labels=" + Revision.CHART_LABEL + "=" + label(sha256));
        head.add("adopt=" + (adopt ? "--take-ownership" : ""));
        head.add("feed() {\n" + Sh.feed(Trees.text(wanted.values()), "cat") + "}\n");
        return new Deed.Shell(String.join("\n", head) + SCRIPT, LIMIT);
    }

    /** A label's value has at most 63 characters. */
    static String label(String sha256) {
        return sha256.substring(0, 40);
    }
}
