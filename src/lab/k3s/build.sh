#!/bin/bash
# Builds the lab k3s artefact, its images and helm out of the Go module proxy and Debian packages.
#   build.sh OUTPUT-DIR [k3s|images|helm|all]
# LABK3S_VERSION names another version: from v1.34 on Kubernetes and etcd are those of parts/kube/next.mod. GOARCH names another architecture.
# LABK3S_WORK is where the parts are built and kept (default OUTPUT-DIR/work), so that a change of our own code rebuilds none of them.
# Runs again at no cost: a part that is there is kept.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh OUTPUT-DIR [k3s|images|helm|all]}; what=${2:-all}
mkdir -p "$out"; out=$(cd "$out" && pwd)
version=${LABK3S_VERSION:-v1.33.4+k3s1}
arch=${GOARCH:-$(go env GOARCH)}
work=${LABK3S_WORK:-$out/work}; mkdir -p "$work"; work=$(cd "$work" && pwd)
parts=$work/parts-$arch; mkdir -p "$parts"
export CGO_ENABLED=0 GOOS=linux GOARCH=$arch GOTOOLCHAIN=${GOTOOLCHAIN:-local} GOFLAGS=-buildvcs=false
strip='-s -w'

# step NAME FILE COMMAND...: runs the command unless FILE is there, and says how long it took.
step() {
  local name=$1 file=$2 begin=$SECONDS; shift 2
  if [ -e "$file" ]; then return; fi
  "$@" || return
  printf '%-28s %5d s %8d KiB\n' "$name" $((SECONDS - begin)) $(($(stat -L -c %s "$file") / 1024))
}

# from_proxy PACKAGE MODULE@VERSION FILE TAGS [LDFLAGS]: builds a main package of somebody else's module.
from_proxy() {
  local dir; dir=$work/mod-$(basename "$3"); mkdir -p "$dir"
  (cd "$dir"; [ -f go.mod ] || { go mod init "labk3s/parts/$(basename "$3")"; go get "$1@${2#*@}"; } >get.log 2>&1 || { rm -f go.mod; tail -5 get.log; return 1; }
   go build -mod=mod -trimpath -tags "$4" -ldflags "$strip ${5:-}" -o "$3.part" "$1" && mv "$3.part" "$3")
}

# own DIR FILE TAGS LDFLAGS: builds a package of ours that has a go.mod of its own.
own() { (cd "$1"; go build -trimpath -tags "$3" -ldflags "$strip ${4:-}" -o "$2.part" . && mv "$2.part" "$2"); }

# debian PACKAGE: unpacks a Debian package of the wanted architecture under $work/deb-PACKAGE.
debian() {
  local dir=$work/deb-$1-$arch; [ -d "$dir/root" ] && return
  mkdir -p "$dir"; (cd "$dir"; apt-get download -q "$1:$arch" >/dev/null 2>&1 || { apt-get update -q >/dev/null; apt-get download -q "$1:$arch" >/dev/null; }
   dpkg-deb -x ./*.deb "$dir/root.part"; mv root.part root)
}

kube() { # each minor has modules, and with them an etcd, of its own
  local v=k8s.io/component-base/version minor=${version#v1.} modules=go.mod tags=providerless,netgo,osusergo; minor=${minor%%.*}
  if [ "$minor" -ge 34 ]; then modules=next.mod; tags+=,next; fi
  GOFLAGS="$GOFLAGS -modfile=$modules" own "$here/parts/kube" "$1" "$tags" "-X $v.gitVersion=$version -X $v.gitMajor=1 -X $v.gitMinor=$minor -X $v.gitTreeState=clean -X $v.gitCommit=lab -X $v.buildDate=1970-01-01T00:00:00Z"
}
flannel() { # its UDP back end, unused here but linked in, is written in C on amd64
  local cgo=0 static=; [ "$arch" != amd64 ] || { cgo=1; static="-linkmode=external -extldflags=-static"; }
  CGO_ENABLED=$cgo from_proxy github.com/flannel-io/flannel @v0.26.7 "$parts/flannel" netgo,osusergo "$static -X github.com/flannel-io/flannel/pkg/version.Version=v0.26.7"
}
runtime() {
  debian runc; debian containernetworking-plugins; debian busybox; debian libc6
  install -m755 "$work/deb-runc-$arch/root/usr/sbin/runc" "$parts/runc"
  for p in bridge host-local portmap loopback firewall tuning; do install -m755 "$work/deb-containernetworking-plugins-$arch/root/usr/lib/cni/$p" "$parts/$p"; done
  install -m755 "$work/deb-busybox-$arch/root/bin/busybox" "$work/busybox-$arch"
}

build_parts() {
  step "kube $version" "$parts/kube-$version" kube "$parts/kube-$version"
  step "flannel 0.26.7" "$parts/flannel" flannel
  local c=github.com/containerd/containerd/v2
  for p in containerd containerd-shim-runc-v2 ctr; do
    step "$p 2.0.5" "$parts/$p" from_proxy $c/cmd/$p @v2.0.5 "$parts/$p" no_btrfs,netgo,osusergo "-X $c/version.Version=v2.0.5-k3s1"
  done
  step "helm-controller 0.16.13" "$parts/helm-controller" from_proxy github.com/k3s-io/helm-controller @v0.16.13 "$parts/helm-controller" netgo,osusergo "-X github.com/k3s-io/helm-controller/pkg/version.Version=v0.16.13"
  step "kine 0.17.5" "$parts/kine" from_proxy github.com/k3s-io/kine @v0.17.5 "$parts/kine" netgo,osusergo || without_kine
  step "runc, CNI, busybox (Debian)" "$parts/tuning" runtime
}

# Nothing but a server without cluster-init needs kine: lab k3s says so itself, and stories of it read this file and are skipped.
# It is the oldest kine that can be had without C, and younger than k3s's own.
without_kine() {
  echo "its Go module (github.com/k3s-io/kine v0.17.5) could not be built: $(tail -1 "$work/mod-kine/get.log")" | tee "$out/without-kine"
}

# The archive of parts is only made again when a part is newer; it is what takes long and what is big.
pack() {
  local stage=$work/stage; rm -rf "$stage"; mkdir -p "$stage"
  for p in flannel containerd containerd-shim-runc-v2 ctr runc bridge host-local portmap loopback firewall tuning helm-controller kine; do
    [ "$p" = kine ] && [ ! -e "$parts/kine" ] || ln "$parts/$p" "$stage/$p"
  done
  ln "$parts/kube-$version" "$stage/kube"
  for n in kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl etcd etcdutl; do ln -s kube "$stage/$n"; done
  tar -C "$stage" --sort=name --mtime=@0 --owner=0 --group=0 -cf - . | zstd -q -T0 "-${LABK3S_ZSTD:-12}" -f -o "$1.part"; mv "$1.part" "$1"
}

build_k3s() {
  build_parts
  local archive=$work/parts-$arch-$version.tar.zst
  if [ "$(find "$parts" -newer "$archive" 2>/dev/null | head -1)" ]; then rm -f "$archive"; fi
  step "archive of the parts" "$archive" pack "$archive"
  (cd "$here"; go build -trimpath -ldflags "$strip -X main.version=$version" -o "$work/k3s-bare" .)
  # Layout: program, archive, then a trailer of 8 bytes length + 32 bytes SHA-256 + 8 bytes mark (see extract.go).
  local result=$out/k3s; [ "$version" = v1.33.4+k3s1 ] || result=$out/k3s-$version
  { cat "$work/k3s-bare" "$archive"
    printf '%016x' "$(stat -c %s "$archive")" | xxd -r -p
    sha256sum "$archive" | cut -c1-64 | xxd -r -p
    printf 'LABK3S01'; } > "$result.part"
  chmod 755 "$result.part"; mv "$result.part" "$result"
  printf '%-28s %7s %8d KiB\n' "${result##*/}" "" $(($(stat -c %s "$result") / 1024))
}

build_images() {
  step "runc, CNI, busybox (Debian)" "$work/busybox-$arch" runtime
  step "pause" "$parts/pause" bash -c "cd '$here' && go build -trimpath -ldflags '$strip' -o '$parts/pause' ./parts/pause"
  step "CoreDNS 1.12.3" "$parts/coredns" own "$here/parts/coredns" "$parts/coredns" "" "-X github.com/coredns/coredns/coremain.GitCommit=lab"
  build_helm_part
  step "local-path 0.0.30" "$parts/local-path-provisioner" from_proxy github.com/rancher/local-path-provisioner @v0.0.30 "$parts/local-path-provisioner" "" "-X main.VERSION=v0.0.30"
  # The dynamic busybox with its libraries, since glibc looks up names properly only so. Its wget crashes on -T: use timeout.
  local box=$work/busybox-$arch links="" libc=$work/deb-libc6-$arch/root triplet loader=/lib64/ld-linux-x86-64.so.2
  [ "$arch" = amd64 ] || loader=/lib/ld-linux-aarch64.so.1
  triplet=$(basename "$(dirname "$(find "$libc" -name libc.so.6)")")
  links=",$libc/lib/$triplet/libc.so.6:/lib/$triplet/libc.so.6,$libc/lib/$triplet/libresolv.so.2:/lib/$triplet/libresolv.so.2,$(find "$libc/lib/$triplet" -name "${loader##*/}"):$loader"
  for n in sh ls cat cp mv rm mkdir rmdir chmod chown ln sleep echo env date timeout grep sed awk head tail wc sort tr cut test true false wget nc ping nslookup httpd ps top kill hostname ip id mount umount df du find xargs touch stat sync tar vi; do links+=",link=busybox:/bin/$n"; done
  local static=$work/deb-busybox-static-$arch/root/bin/busybox small=""; debian busybox-static
  for n in sh sed cat base64; do small+=",link=busybox:/bin/$n"; done
  (cd "$here"; GOOS="" GOARCH="" go run ./parts/mkimage -arch "$arch" -o "$out/images.tar.part" \
    "docker.io/rancher/mirrored-pause:3.6=/pause,$parts/pause:/pause" \
    "docker.io/library/busybox:1=/bin/sh,$box:/bin/busybox$links" \
    "docker.io/rancher/mirrored-library-busybox:1.36.1=/bin/sh,$box:/bin/busybox$links" \
    "docker.io/rancher/mirrored-coredns-coredns:1.12.3=/coredns,$parts/coredns:/coredns" \
    "docker.io/rancher/klipper-helm:v0.9.8-build20250709=/run,zipped,user=1000,env=HOME=/home/klipper-helm,$here/parts/helm-job/run:/run,$parts/helm:/usr/bin/helm,$static:/bin/busybox$small" \
    "docker.io/rancher/local-path-provisioner:v0.0.30=/usr/bin/local-path-provisioner,$parts/local-path-provisioner:/usr/bin/local-path-provisioner")
  mv "$out/images.tar.part" "$out/images.tar"
  printf '%-28s %7s %8d KiB\n' "images.tar" "" $(($(stat -c %s "$out/images.tar") / 1024))
}

# Without a cluster to ask, helm takes charts to be for the Kubernetes that it was built with.
build_helm_part() {
  local h=helm.sh/helm/v3 kubernetes='' p; for p in pkg/lint/rules pkg/chartutil; do kubernetes+=" -X $h/$p.k8sVersionMajor=1 -X $h/$p.k8sVersionMinor=33"; done
  step "helm 3.18.4" "$parts/helm" from_proxy $h/cmd/helm @v3.18.4 "$parts/helm" "" "-X $h/internal/version.version=v3.18.4$kubernetes"
}
build_helm() { build_helm_part; ln -f "$parts/helm" "$out/helm"; }

case $what in
  k3s) build_k3s ;;
  images) build_images ;;
  helm) build_helm ;;
  parts) build_parts ;;
  all) build_k3s; build_images; build_helm ;;
  *) echo "build.sh: what is $what?" >&2; exit 2 ;;
esac
