#!/bin/bash
# The lab's Argo CD: the real program, built from its Go module, with redis from Debian; see README.md and ../README.md.
#   build.sh OUTPUT-DIR       6 min from cold caches on two cores, seconds when only the chart changed
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../pack.sh
. "$here/../pack.sh"
argo=github.com/argoproj/argo-cd/v2@v2.14.21
chart_version=$(sed -n 's/^version: //p' "$here/chart/Chart.yaml")
archive=$work/images-$arch.tar
# What the one program is called by, each name being another program.
names="server repo-server application-controller applicationset-controller dex notifications cmp-server k8s-auth commit-server"

programs() {
  local common=${argo%@*}/common
  step "Argo CD ${argo#*@}" "$work/argocd" from_proxy "${argo%@*}/cmd" "$argo" "$work/argocd" "-X $common.version=${argo##*@v} -X $common.buildDate=1970-01-01T00:00:00Z -X $common.gitCommit=lab"
  step "kustomize 5.4.3" "$work/kustomize" from_proxy sigs.k8s.io/kustomize/kustomize/v5 sigs.k8s.io/kustomize/kustomize/v5@v5.4.3 "$work/kustomize"
  step "Debian's packages" "$work/tree" debian "$work/tree" busybox-static bash git openssh-client gpg gpg-agent tini ca-certificates redis-server
}

base_layer() {
  local root=$work/base name
  rm -rf "$root"; mkdir -p "$root"/{bin,etc/ssl/certs,usr/bin,tmp}
  chmod 1777 "$root/tmp"
  pick "$work/tree" "$root" /bin/busybox /usr/bin/tini
  for name in sh cat cp ln ls mkdir mktemp rm sleep echo env grep sed true false test id; do ln -s busybox "$root/bin/$name"; done
  loader "$work/tree" "$root"
  printf 'root:x:0:0::/root:/bin/sh\nargocd:x:999:999::/home/argocd:/bin/sh\n' >"$root/etc/passwd"
  printf 'root:x:0:\nargocd:x:999:\n' >"$root/etc/group"
  find "$work/tree/usr/share/ca-certificates" -name '*.crt' -exec cat {} + >"$root/etc/ssl/certs/ca-certificates.crt"
  layer "$root" 0 "$1"
}

argo_layer() {
  local root=$work/argo source name git=/usr/lib/git-core
  source=$(module "$argo"); rm -rf "$root"; mkdir -p "$root"/{usr/local/bin,etc/ssh,usr/share}
  install -m755 "$work/argocd" "$work/kustomize" "$helm" "$source/entrypoint.sh" "$source"/hack/{gpg,git-verify}-wrapper.sh "$root/usr/local/bin/"
  install -m755 "$here/parts/dex-double" "$root/usr/local/bin/dex"
  for name in $names; do ln -s argocd "$root/usr/local/bin/argocd-$name"; done
  pick "$work/tree" "$root" /usr/bin/{git,ssh,gpg,gpg-agent} $git/{git-remote-http,git-submodule,git-sh-setup,git-sh-i18n}
  for name in https ftp ftps; do ln -s git-remote-http "$root$git/git-remote-$name"; done
  cp -r "$work/tree/usr/share/git-core" "$root/usr/share/"
  ln -s /app/config/ssh/ssh_known_hosts "$root/etc/ssh/ssh_known_hosts"
  layer "$root" 0 "$1"
}

home_layer() {
  local root=$work/home
  rm -rf "$root"; mkdir -p "$root"/home/argocd "$root"/app/config/{ssh,tls,gpg/source,gpg/keys}
  chmod 700 "$root/app/config/gpg/keys"; touch "$root/app/config/ssh/ssh_known_hosts"
  layer "$root" 999 "$1"
}

redis_layer() {
  local root=$work/redis
  rm -rf "$root"; mkdir -p "$root/data"; chmod 777 "$root/data"
  pick "$work/tree" "$root" /usr/bin/redis-server /usr/bin/redis-cli
  layer "$root" 0 "$1"
}

images() {
  local stage=$work/stage path='"PATH=/usr/local/bin:/usr/bin:/bin"'
  rm -rf "$stage"; programs
  base_layer "$work/base.tar"; argo_layer "$work/argo.tar"; home_layer "$work/home.tar"; redis_layer "$work/redis.tar"
  image "$stage" "quay.io/argoproj/argocd:${argo#*@}" '"Env":['"$path"',"USER=argocd","HOME=/home/argocd"],"User":"999","WorkingDir":"/home/argocd","Entrypoint":["/usr/bin/tini","--"]' "$work"/{base,argo,home}.tar
  image "$stage" docker.io/library/redis:7.0-debian '"Env":['"$path"'],"User":"999","WorkingDir":"/data","Entrypoint":["/usr/bin/redis-server"]' "$work"/{base,redis}.tar
  images_archive "$stage" "$archive"
  rm -rf "$work"/{tree,base,argo,home,redis,stage} "$work"/*.tar.part "$work"/{base,argo,home,redis}.tar
}

# What the chart takes from Argo CD's own manifests, laid beside its templates: pods, rules, CRDs, host keys.
from_manifests() {
  local chart=$1 source name
  source=$(module "$argo"); mkdir -p "$chart"/{real,rules,cluster-rules,crds-real}
  for name in application-controller repo-server server redis applicationset-controller dex-server notifications-controller; do
    the_one "$source/manifests/base" "argocd-$name-*t.yaml" "$chart/real/$name.yaml" # Deployment or StatefulSet
    the_one "$source/manifests/base" "argocd-$name-role.yaml" "$chart/rules/$name.yaml"
    the_one "$source/manifests/cluster-rbac" "argocd-$name-clusterrole.yaml" "$chart/cluster-rules/$name.yaml"
  done
  mv "$chart/rules/redis.yaml" "$chart/rules/redis-secret-init.yaml"
  rm "$chart/cluster-rules/applicationset-controller.yaml" # it looks into its own namespace alone
  install -m644 "$source"/manifests/crds/*-crd.yaml "$chart/crds-real/"
  install -m644 "$source/hack/ssh_known_hosts" "$chart/ssh_known_hosts"
}
# the_one FOLDER PATTERN FILE: copies the file of that name if there is one. (The controller is there as a Deployment, too, for who wants one.)
the_one() { find "$1" -name "$2" ! -path '*-controller-deployment/*' ! -name '*.patch.yaml' -exec install -m644 {} "$3" \; ; }

chart() {
  rm -rf "$work/chart"; cp -r "$here/chart" "$work/chart"
  from_manifests "$work/chart"
  "$helm" lint --quiet "$work/chart"
  "$helm" package --destination "$out" "$work/chart"
  rm -rf "$work/chart"
}

step "images" "$archive" images
ln -f "$archive" "$out/argo-cd-$chart_version-images-$arch.tar"
chart
