# Which lab, which hosts: told by the state folder, the bridge's alias and the processes of QEMU.

machine() { echo "$state/vm/$1"; }
container_exists() { [ -e "$(machine "$1")/address" ]; }
qemu_name() { echo "homelab-$lab-$1"; }
inventory_mark() { echo "# Written by cli/lab for the laboratory \"$lab\"; the hosts are virtual machines."; }

docker_needed() {
  local what why fix
  IFS='|' read -r what why fix <<<"$(machine_lacks)"
  if [ -n "$what" ]; then problem 6 "no machines can be had here: $what is missing" "$why" "$fix"; fi
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
  local folder name
  for folder in "$state"/vm/*/; do
    name=$(basename "$folder")
    if [ -e "$folder/address" ]; then echo "$name $(cat "$folder/role") $(cat "$folder/address") $(machine_state "$name")"; fi
  done | sort -t. -k4n
}
machine_pid() { # by its name, so that one is found whose state folder was wiped
  local pid; pid=$(cat "$(machine "$1")/pid" 2>/dev/null) || return 1
  tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q -- " -name $(qemu_name "$1") " && echo "$pid"
}
machine_state() { if machine_pid "$1" >/dev/null; then echo running; else echo off; fi; }
host_is_off() { ! machine_pid "$1" >/dev/null; }

# The same tree as a container's, and a kernel.
build_image() {
  built "$(host_tree)" "image of the hosts (2 min the first time)" "$image_sources/build.sh" "$(host_tree)" "$(base_folder)/root.tar.zst"
  built "$(machine_folder)/disk.img" "disk and kernel of the machines (1 min)" "$root/src/lab/vm/build.sh" "$(machine_folder)" "$(host_tree)"
}
host_tree() { echo "$cache/image-$(image_hash)/root.tar.zst"; }
machine_folder() { echo "$cache/vm-$(image_hash)-$(content_hash "$root/src/lab/vm")"; }
inotify_suffices() { :; } # each has a kernel of its own
