#!/bin/bash
# Builds the root file system of a lab host out of Debian packages: build.sh OUT.tar.zst BASE.tar.zst
# BASE is debootstrap's tree (60-90 s), kept since it changes rarely; OUT is BASE with files/ and finish.sh applied (10 s).
set -euo pipefail
umask 022
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh OUT.tar.zst BASE.tar.zst}; base=${2:?usage: build.sh OUT.tar.zst BASE.tar.zst}
suite=bookworm; mirror=${HOMELAB_LAB_DEBIAN:-http://deb.debian.org/debian}
mkdir -p "$(dirname "$out")" "$(dirname "$base")"
tree=$(mktemp -d "$(dirname "$out")/tree.XXXXXX")
trap 'rm -rf --one-file-system "$tree"' EXIT

packages() { sed 's/#.*//' "$here/packages" | xargs | tr ' ' ','; }
pack() { tar -C "$1" --numeric-owner --exclude=./proc/\* --exclude=./sys/\* --exclude=./dev/\* -cf - . | zstd -q -T0 -3 -f -o "$2.part"; mv "$2.part" "$2"; }

if [ ! -e "$base" ]; then
  debootstrap --variant=minbase --include="$(packages)" "$suite" "$tree" "$mirror" >"$base.log" 2>&1 || { tail -5 "$base.log" >&2; exit 1; }
  rm -rf "$tree"/var/cache/apt/archives/*.deb "$tree"/var/lib/apt/lists/* "$tree"/usr/share/{doc,man,info}/*
  pack "$tree" "$base"
else
  zstd -qdc "$base" | tar -C "$tree" --numeric-owner -xf -
fi
cp -r --no-preserve=ownership "$here/files/." "$tree/"
chroot "$tree" /bin/bash -eu <"$here/finish.sh"
pack "$tree" "$out"
