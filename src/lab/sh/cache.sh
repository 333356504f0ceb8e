# What takes long to build is kept in the user's cache by the content of its sources, so a second clone starts in seconds.

k3s_sources=$root/src/lab/k3s; image_sources=$root/src/lab/image; mirror_sources=$root/src/lab/mirror

# content_hash FILE-OR-FOLDER...: twelve hex digits that change with any name or byte below that ends up in an artefact.
content_hash() {
  local path
  for path in "$@"; do
    if [ ! -e "$path" ]; then continue; fi
    (cd "$(dirname "$path")" && find "$(basename "$path")" -type f ! -name '*.md' ! -name 'test.sh' ! -name '*_test.go' -exec sha256sum {} +)
  done | LC_ALL=C sort | sha256sum | cut -c1-12
}

parts_folder() { echo "$cache/parts-$(content_hash "$k3s_sources/build.sh" "$k3s_sources/parts")"; }
k3s_folder() { echo "$cache/k3s-$(content_hash "$k3s_sources")"; }
base_folder() { echo "$cache/base-$(content_hash "$image_sources/packages" "$image_sources/build.sh")"; }
image_hash() { content_hash "$image_sources"; }
image_tag() { echo "homelab-lab-host:$(image_hash)"; }
mirror_binary() { echo "$cache/mirror-$(content_hash "$mirror_sources")/lab-mirror"; }

# built FILE TEXT COMMAND...: FILE is there afterwards; of several runs at once one builds and the others wait.
built() {
  local file=$1 text=$2; shift 2
  if [ -e "$file" ]; then return; fi
  mkdir -p "$(dirname "$file")"
  exec 9>"$(dirname "$file")/.lock"
  if ! flock -n 9; then say "· $text: another run is building it; waiting"; flock 9; fi
  if [ ! -e "$file" ]; then long "$text" "$(dirname "$file")/build.log" nice "$@"; fi
  exec 9>&-
}

build_k3s() {
  local folder; folder=$(k3s_folder)
  export LABK3S_WORK; LABK3S_WORK=$(parts_folder)
  built "$folder/k3s" "lab k3s (10 min from cold caches)" "$k3s_sources/build.sh" "$folder" k3s
  built "$folder/images.tar" "images of lab k3s" "$k3s_sources/build.sh" "$folder" images
}
# Lab k3s with the Kubernetes and the etcd of the next minor, 1.34 and 3.6; its other parts are the same.
next_version=v1.34.3+k3s1
next_binary() { echo "$(k3s_folder)/k3s-$next_version"; }
build_next() {
  export LABK3S_WORK; LABK3S_WORK=$(parts_folder)
  LABK3S_VERSION=$next_version built "$(next_binary)" "lab k3s as $next_version (6 min from cold caches)" "$k3s_sources/build.sh" "$(k3s_folder)" k3s
}
build_mirror() { built "$(mirror_binary)" "mirror of release files" env -C "$mirror_sources" CGO_ENABLED=0 GOFLAGS=-buildvcs=false go build -trimpath -o "$(mirror_binary)" .; }

build_image() {
  local folder tag; folder=$cache/image-$(image_hash); tag=$(image_tag)
  built "$folder/root.tar.zst" "image of the hosts (2 min the first time)" "$image_sources/build.sh" "$folder/root.tar.zst" "$(base_folder)/root.tar.zst"
  if docker image inspect "$tag" >/dev/null 2>&1; then return; fi
  long "import of the hosts' image" "$folder/import.log" import_image "$folder/root.tar.zst" "$tag"
}
import_image() { zstd -qdc "$1" | docker import -c "LABEL $label.image=$(image_hash)" -c 'CMD ["/usr/local/lib/lab/power-on"]' - "$2"; }

# With HOMELAB_LAB_K3S a real release takes the place of lab k3s.
k3s_binary() { echo "${HOMELAB_LAB_K3S:-$(k3s_folder)/k3s}"; }
k3s_images() { if [ -n "${HOMELAB_LAB_K3S:-}" ]; then echo "${HOMELAB_LAB_IMAGES:-}"; else echo "$(k3s_folder)/images.tar"; fi; }
k3s_version() { if [ -n "${HOMELAB_LAB_K3S:-}" ]; then "$HOMELAB_LAB_K3S" --version | awk 'NR == 1 {print $3}'; else echo "v1.33.4+k3s1"; fi; }

build_all() {
  if [ -z "${HOMELAB_LAB_K3S:-}" ]; then build_k3s; fi
  build_mirror
  build_image
  build_charts
}
