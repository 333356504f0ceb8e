# Which lab, which hosts: told by the state folder, the bridge's alias and the processes of QEMU.

machine() { echo "$state/vm/$1"; }
is_machine() { [ -e "$(machine "$1")/address" ]; }
container_exists() { is_machine "$1" || { mixed && container_container_exists "$1"; }; }

# With containers beside the machines the bridge is that of a network of Docker's.
mixed() { if [ -n "$vm" ] && [ "$verb" = up ]; then [ "$vm" != all ]; else [ -e "$state/vm/beside" ]; fi; }
wanted_as_machine() { if mixed; then [[ ,$(cat "$state/vm/beside"), = *,"$1",* ]]; fi; }
qemu_name() { echo "homelab-$lab-$1"; }
inventory_mark() { echo "# Written by cli/lab for the laboratory \"$lab\"; the hosts are virtual machines."; }

docker_needed() {
  local what why fix
  IFS='|' read -r what why fix <<<"$(machine_lacks)"
  if [ -n "$what" ]; then problem 6 "no machines can be had here: $what is missing" "$why" "$fix"; fi
  if mixed; then container_docker_needed; fi
}

# A minute that an emulated server stands still costs the leases, and k3s ends with them; Helm's part of it cannot do without one.
inventory_k3s() {
  if ! mixed && [ "$(accelerator)" = tcg ]; then
    printf '\n  %s' 'disable: [traefik, local-storage]' 'config:' '  disable-helm-controller: true' '  kube-controller-manager-arg: [leader-elect=false]' '  kube-scheduler-arg: [leader-elect=false]'
  fi
}

own_lab() {
  if bridge_exists; then
    local told; told=$(cat "/sys/class/net/$(bridge_name)/ifalias")
    [ "$told" = "$(link_alias)" ] || problem 6 "the lab \"$lab\" belongs to another clone" "it was made by ${told#*home=}" "choose another --name, or end it there"
  fi
  [ -e "$state/vm/subnet" ] && bridge_exists
}
lab_needed() {
  docker_needed
  own_lab || problem 6 "there is no lab \"$lab\" of machines" "no bridge $(bridge_name) exists" "cli/lab up --vm$(name_flag)"
}

hosts() {
  { machines; if mixed; then container_hosts; fi; } | sort -t. -k4n
}
machines() {
  local folder name
  for folder in "$state"/vm/*/; do
    name=$(basename "$folder")
    if [ -e "$folder/address" ]; then echo "$name $(cat "$folder/role") $(cat "$folder/address") $(machine_state "$name")"; fi
  done
}
machine_pid() { # by its name, so that one is found whose state folder was wiped
  local pid; pid=$(cat "$(machine "$1")/pid" 2>/dev/null) || return 1
  tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q -- " -name $(qemu_name "$1") " && echo "$pid"
}
machine_state() { if machine_pid "$1" >/dev/null; then echo running; else echo off; fi; }
host_is_off() { if is_machine "$1"; then ! machine_pid "$1" >/dev/null; else container_host_is_off "$1"; fi; }

# The same tree as a container's, and a kernel.
build_image() {
  if mixed; then container_build_image; fi
  built "$(host_tree)" "image of the hosts (2 min the first time)" "$image_sources/build.sh" "$(host_tree)" "$(base_folder)/root.tar.zst"
  built "$(machine_folder)/disk.img" "disk and kernel of the machines (1 min)" "$root/src/lab/vm/build.sh" "$(machine_folder)" "$(host_tree)"
}
host_tree() { echo "$cache/image-$(image_hash)/root.tar.zst"; }
machine_folder() { echo "$cache/vm-$(image_hash)-$(content_hash "$root/src/lab/vm")"; }
inotify_suffices() { if mixed; then container_inotify_suffices "$1"; fi; } # a machine has a kernel of its own
