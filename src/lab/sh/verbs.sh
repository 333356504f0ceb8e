# The small verbs.

node_needed() { # NAME
  [ -n "${1:-}" ] || problem 2 "which node?" "the verb $verb needs the name of one" "cli/lab list$(name_flag)"
  lab_needed
  container_exists "$1" || problem 2 "there is no host $1 in the lab \"$lab\"" "its hosts are: $(hosts | cut -d' ' -f1 | xargs)" "cli/lab add $1:agent$(name_flag)"
}
address_of() { hosts | awk -v name="$1" '$1 == name {print $3}'; }

lab_ssh() { # NODE [COMMAND...]
  node_needed "${1:-}"
  local address; address=$(address_of "$1"); shift
  ssh_to "$address" "$@"
}

lab_start() {
  node_needed "${1:-}"
  if [ -n "$clock" ]; then problem 6 "$1 has no clock of its own" "it is a container, and the clock is this machine's" "cli/lab up --vm --name ANOTHER makes machines, which have"; fi
  host_wake "$1"
  until_ok 60 ssh_answers "$(address_of "$1")" || problem 1 "$1 does not answer by SSH within 60 s" "$(ssh_answers "$(address_of "$1")" 2>&1 | tail -1)" "docker logs $(container_name "$1")"
  say "✓ $1 is up  ($(duration $SECONDS))"
}
lab_stop() {
  node_needed "${1:-}"
  docker stop -t 30 "$(container_name "$1")" >/dev/null
  say "✓ $1 is shut down  ($(duration $SECONDS))"
}
lab_kill() {
  node_needed "${1:-}"
  docker kill "$(container_name "$1")" >/dev/null
  say "✓ $1 is killed: its processes are gone, what they had written is not  (cli/lab start $1 brings it back)"
}

host_state() { # NAME STATE
  if [ "$2" != running ]; then echo "$2"; elif host_is_off "$1"; then echo off; else echo running; fi
}
row() { if [ -t 1 ]; then printf '%-12s %-12s %-8s %-14s %s\n' "$@"; else printf '%s\t%s\t%s\t%s\t%s\n' "$@"; fi; }
lab_list() {
  docker_needed
  if [ -n "${every_lab:-}" ]; then labs_listed; return; fi
  local name role address status
  if [ -t 1 ]; then row LAB NODE ROLE ADDRESS STATE; fi
  hosts | while read -r name role address status; do row "$lab" "$name" "$role" "$address" "$(host_state "$name" "$status" </dev/null)"; done
}
labs_listed() {
  local name home subnet
  machine_labs
  if ! docker_answers; then return; fi
  docker network ls -q --filter "label=$label" | xargs -r docker network inspect -f "{{index .Labels \"$label\"}} {{(index .IPAM.Config 0).Subnet}} {{index .Labels \"$label.home\"}}" |
    while read -r name subnet home; do printf '%s\t%s\t%s\n' "$name" "$subnet" "$home"; done
}

machine_labs() {
  local told bridge
  for told in /sys/class/net/hlvm*/ifalias; do
    if [ ! -e "$told" ]; then continue; fi
    bridge=$(basename "$(dirname "$told")")
    # Beside containers the bridge is Docker's, and told of as such.
    if docker network ls -q --filter "label=$label" 2>/dev/null | xargs -r docker network inspect -f '{{index .Options "com.docker.network.bridge.name"}}' | grep -qx "$bridge"; then continue; fi
    sed -E "s,^$label=([^ ]*) $label.home=(.*),\\1\t$(ip -4 -o route show dev "$bridge" | awk '{print $1}' | sed 's,/,\\/,')\t\\2," "$told"
  done
}

lab_image() { docker_needed; build_image; }
lab_artifacts() {
  docker_needed
  build_all
  printf '%s\n' "$(k3s_binary)" "$(k3s_images)" "$(helm_folder)/helm" "$(mirror_binary)" "$cache/image-$(image_hash)/root.tar.zst" "$(charts_files)" | sed '/^$/d'
}
# With the word next it serves another release too, for upgrades.
lab_mirror() {
  lab_needed
  if [ "${1:-}" = next ]; then build_next; fi
  mirror_up
  local url version; url=http://127.0.0.1:$(mirror_port); version=$(k3s_version); version=${version/+/%2B}
  echo "$url"
  say "  files   $(cd "$state/mirror" && printf '%s ' */*)"
  say "  so      curl -O $url/$version/k3s"
  say "  faults  $url/slow  $url/cut  $url/corrupt  $url/down  $url/changed   each in place of $url"
  say "  hosts   http://$(gateway):$(mirror_port)   log $state/mirror.log"
}
