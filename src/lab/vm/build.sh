#!/bin/bash
# Builds what a machine of the laboratory boots, out of the tree of a host: build.sh FOLDER ROOT.tar.zst
# FOLDER gets vmlinuz, initrd.img and disk.img: the same tree with a kernel, as one sparse ext4 file system without partitions.
set -euo pipefail
umask 022
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh FOLDER ROOT.tar.zst}; root=${2:?usage: build.sh FOLDER ROOT.tar.zst}
size=8G
mirror=${HOMELAB_LAB_DEBIAN:-http://deb.debian.org/debian}; updates=${HOMELAB_LAB_DEBIAN_SECURITY:-http://security.debian.org/debian-security}
mkdir -p "$out"
tree=$(mktemp -d "$out/tree.XXXXXX")
finished() { for place in dev proc; do if mountpoint -q "$tree/$place"; then umount "$tree/$place"; fi; done; rm -rf --one-file-system "$tree"; }
trap finished EXIT

packages() { sed 's/#.*//' "$here/packages" | xargs; }
inside() { DEBIAN_FRONTEND=noninteractive LC_ALL=C chroot "$tree" "$@"; }

zstd -qdc "$root" | tar -C "$tree" --numeric-owner -xf -
cp -r --no-preserve=ownership "$here/files/." "$tree/"
cp /etc/resolv.conf "$tree/etc/resolv.conf"
printf 'deb %s bookworm main\ndeb %s bookworm-security main\n' "$mirror" "$updates" >"$tree/etc/apt/sources.list"
mount -t proc proc "$tree/proc"
mount --bind /dev "$tree/dev"
inside apt-get -q update
# shellcheck disable=SC2046 # words on purpose
inside apt-get -q install -y --no-install-recommends $(packages)
inside bash -eu <"$here/finish.sh"
umount "$tree/proc" "$tree/dev"

mv "$tree"/boot/vmlinuz-* "$out/vmlinuz"
mv "$tree"/boot/initrd.img-* "$out/initrd.img"
rm -f "$out/disk.part"
mke2fs -q -t ext4 -L homelab -d "$tree" "$out/disk.part" "$size"
mv "$out/disk.part" "$out/disk.img"
