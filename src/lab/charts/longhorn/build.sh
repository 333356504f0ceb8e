#!/bin/bash
# The lab's double of Longhorn: a chart, a program of ours, and two real side-cars of CSI; see README.md and ../README.md.
#   build.sh OUTPUT-DIR       3 min from cold caches on two cores, seconds when only the chart or the double changed
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../pack.sh
. "$here/../pack.sh"
version=$(sed -n 's/^version: //p' "$here/chart/Chart.yaml")
csi=github.com/kubernetes-csi

# image_of NAME: what the chart calls it.
image_of() { sed -n "s/^ *$1: {repository: \(.*\), tag: \(.*\)}$/\1:\2/p" "$here/chart/values.yaml"; }

programs() {
  step "csi-provisioner 5.3.0" "$work/csi-provisioner" from_proxy $csi/external-provisioner/v5/cmd/csi-provisioner $csi/external-provisioner/v5@v5.3.0 "$work/csi-provisioner" "-X main.version=v5.3.0"
  step "csi-attacher 4.12.0" "$work/csi-attacher" from_proxy $csi/external-attacher/v4/cmd/csi-attacher $csi/external-attacher/v4@v4.12.0 "$work/csi-attacher" "-X main.version=v4.12.0"
  step "busybox (Debian)" "$work/busybox" debian "$work/busybox" busybox-static
  # The double is built each time: Go keeps what it compiled.
  (cd "$here/double"; go build -buildvcs=false -trimpath -ldflags "-s -w -X main.version=$version" -o "$work/longhorn-double" .)
}

# program_image STAGE NAME FILE [SHELL]: an image with nothing in it but one program and a /tmp, and a shell where asked for.
program_image() {
  local root=$work/root
  rm -rf "$root"; mkdir -p "$root/tmp"; chmod 1777 "$root/tmp"
  install "$3" "$root/"
  if [ -n "${4:-}" ]; then
    mkdir "$root/bin"; install -m755 "$4" "$root/bin/busybox"
    for name in sh cat sync echo; do ln -s busybox "$root/bin/$name"; done
  fi
  layer "$root" 0 "$work/${3##*/}.tar"
  image "$1" "$(image_of "$2")" "\"Entrypoint\":[\"/${3##*/}\"],\"Labels\":{\"homelab.lab/double\":\"true\"}" "$work/${3##*/}.tar"
  rm "$work/${3##*/}.tar"
}

images() {
  local stage=$work/stage
  rm -rf "$stage"
  # Longhorn's manager has a shell in its image, and homelab's test of a volume runs in that image.
  program_image "$stage" double "$work/longhorn-double" "$work/busybox/bin/busybox"
  program_image "$stage" provisioner "$work/csi-provisioner"
  program_image "$stage" attacher "$work/csi-attacher"
  images_archive "$stage" "$1"
  rm -rf "$stage"
}

# The chart has the list of settings from the program that reads them.
chart() {
  rm -rf "$work/chart"; mkdir "$work/chart"
  cp -r "$here/chart" "$work/chart/longhorn"
  cp "$here/double/settings.yaml" "$work/chart/longhorn/"
  "$helm" package -d "$out" "$work/chart/longhorn" >/dev/null
}

programs
images "$out/longhorn-$version-images-$arch.tar"
chart
