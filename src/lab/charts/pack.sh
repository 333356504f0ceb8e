# What the build.sh of charts share: `. ../pack.sh OUT` sets out, work, arch and helm; see README.md for what they are handed.
# shellcheck shell=bash
out=${1:?usage: build.sh OUTPUT-DIR}
arch=${GOARCH:-$(go env GOARCH)}
work=${LAB_CHART_WORK:-$out/work}
helm=$(command -v "${LAB_HELM:-helm}") || { echo "build.sh: no helm; cli/lab artifacts builds one, LAB_HELM names it" >&2; exit 2; }
mkdir -p "$out" "$work"; out=$(cd "$out" && pwd); work=$(cd "$work" && pwd)
export CGO_ENABLED=0 GOOS=linux GOARCH=$arch GOTOOLCHAIN=${GOTOOLCHAIN:-local}

# step NAME FILE COMMAND...: runs the command unless FILE is there, and says how long it took.
step() {
  local name=$1 file=$2 begin=$SECONDS; shift 2
  if [ -e "$file" ]; then return; fi
  "$@"
  printf '%-28s %5d s %8d KiB\n' "$name" $((SECONDS - begin)) "$(du -sk "$file" | cut -f1)"
}

# from_proxy PACKAGE MODULE@VERSION FILE [LDFLAGS]: builds a program of somebody else's module, with the replacements that
# the module itself is built with; `go get` alone would leave them out.
from_proxy() {
  local dir=$work/mod-${3##*/} source
  source=$(module "$2"); mkdir -p "$dir"
  { echo "module lab/${3##*/}"; grep -m1 '^go ' "$source/go.mod"; echo "require ${2/@/ }"; sed -n '/^replace/,$p' "$source/go.mod"; } >"$dir/go.mod"
  install -m644 "$source/go.sum" "$dir/go.sum"
  (cd "$dir" && go build -mod=mod -buildvcs=false -trimpath -ldflags "-s -w ${4:-}" -o "$3.part" "$1") && mv "$3.part" "$3"
}

# module MODULE@VERSION: the folder of its sources.
module() { (cd "$work" && GOFLAGS=-mod=mod go mod download -json "$1") | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p'; }

# debian TREE PACKAGE...: unpacks Debian packages and all that they depend on; none of their scripts run.
debian() {
  local tree=$1 debs=$work/debs deb; shift
  rm -rf "$tree" "$tree.part" "$debs"; mkdir -p "$tree.part" "$debs"
  closure "$@" >"$debs/list" # only a machine that never read the package lists has none
  (cd "$debs" && { xargs -a list apt-get download -qq || { apt-get update -q && xargs -a list apt-get download -qq; }; })
  for deb in "$debs"/*.deb; do dpkg-deb -x "$deb" "$tree.part"; done
  rm -rf "$debs"; mv "$tree.part" "$tree"
}
# closure PACKAGE...: what apt would install on a machine that has nothing.
closure() { apt-get -s -o Dir::State::status=/dev/null -o APT::Architecture="$arch" --no-install-recommends install "$@" | sed -n "s/^Inst \([^: ]*\)[: ].*/\1:$arch/p"; }

# pick TREE ROOT FILE...: copies files of a tree, and of programs the libraries and the loader that they name.
pick() {
  local tree=$1 root=$2 file; shift 2
  for file in "$@"; do
    if [ -e "$root$file" ]; then continue; fi
    install -D "$(readlink -f "$tree$file")" "$root$file"
    named_by "$tree$file" | while read -r name; do pick "$tree" "$root" "$(place_of "$tree" "$name")"; done
  done
}
named_by() { objdump -p "$1" 2>/dev/null | awk '/NEEDED/ {print $2}' || true; }
place_of() { (cd "$1" && find . -name "$2" -path '*/lib*' | sort | head -1 | cut -c2-) | grep .; }

# loader TREE ROOT: what starts programs that are linked dynamically lies where they all expect it.
loader() {
  local file=/lib64/ld-linux-x86-64.so.2
  [ "$arch" = amd64 ] || file=/lib/ld-linux-aarch64.so.1
  install -D "$(find "$1" -type f -name "${file##*/}" | head -1)" "$2$file"
}

# layer ROOT USER FILE: a folder as the layer of an image, all of it that user's. The same folder gives the same bytes.
layer() { tar -C "$1" --sort=name --mtime=@0 --numeric-owner --owner="$2" --group="$2" -cf "$3" .; }

# image STAGE NAME:TAG SETTINGS LAYER...: adds an image to those of the stage; SETTINGS is the inside of its "config" as JSON.
image() {
  local stage=$1 name=$2 settings=$3 sums='' names='' file sum; shift 3
  mkdir -p "$stage"
  for file in "$@"; do
    sum=$(sha256sum "$file" | cut -c1-64)
    ln -f "$file" "$stage/$sum.tar"
    sums+=",\"sha256:$sum\"" names+=",\"$sum.tar\""
  done
  printf '{"architecture":"%s","os":"linux","created":"1970-01-01T00:00:00Z","config":{%s},"rootfs":{"type":"layers","diff_ids":[%s]}}' "$arch" "$settings" "${sums#,}" >"$stage/config"
  sum=$(sha256sum "$stage/config" | cut -c1-64)
  mv "$stage/config" "$stage/$sum.json"
  printf ',{"Config":"%s.json","RepoTags":["%s"],"Layers":[%s]}' "$sum" "$name" "${names#,}" >>"$stage/images"
}

# images_archive STAGE FILE: all images of the stage as `docker save` writes them.
images_archive() {
  printf '[%s]' "$(cut -c2- "$1/images")" >"$1/manifest.json"
  tar -C "$1" --exclude=./images --sort=name --mtime=@0 --numeric-owner --owner=0 --group=0 -cf "$2.part" . && mv "$2.part" "$2"
}
