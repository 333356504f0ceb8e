# up, add and down: what exists afterwards.

default_nodes=jarvis:server,ultron:agent

node_syntax() { # NAME:ROLE
  [[ $1 =~ ^[a-z]([a-z0-9-]{0,61}[a-z0-9])?:(server|agent)$ ]] ||
    problem 2 "'$1' is no node" "a node is NAME:ROLE, the name as a host name in small letters, the role server or agent" "cli/lab up --nodes $default_nodes"
}

lab_up() {
  local nodes=${nodes:-$default_nodes} node
  for node in ${nodes//,/ }; do node_syntax "$node"; done
  inventory_ours_needed
  docker_needed
  build_all
  mkdir -p "$state"
  network_up
  state_up
  for node in ${nodes//,/ }; do
    if ! container_exists "${node%:*}"; then host_create "${node%:*}" "${node#*:}" "$(free_address)"; fi
  done
  hosts | while read -r name _ _ status; do if [ "$status" != running ]; then host_wake "$name"; fi; done
  trust_hosts
  mirror_up
  inventory_write
  lab_shown
}

state_up() {
  mkdir -p "$state"
  if [ ! -e "$state/id_ed25519" ]; then ssh-keygen -q -t ed25519 -N '' -C "lab $lab" -f "$state/id_ed25519"; fi
  chmod 600 "$state/id_ed25519"
}

# Host keys are read out of the containers, so that nobody has to trust a first connection.
trust_hosts() {
  local name address
  hosts >"$state/hosts"
  : >"$state/known_hosts.part"
  while read -r name _ address _ <&4; do
    until_ok 60 host_has_keys "$name" || problem 1 "$name does not come up" "its sshd is not active after 60 s" "docker exec $(container_name "$name") systemctl status ssh"
    host_trusts_key "$name"
    host_keys "$name" "$address" >>"$state/known_hosts.part"
  done 4<"$state/hosts"
  mv "$state/known_hosts.part" "$state/known_hosts"
  while read -r name _ address _ <&4; do
    until_ok 30 ssh_answers "$address" || problem 1 "$name cannot be reached by SSH" "$(ssh_answers "$address" 2>&1 | tail -1)" "cli/lab doctor"
  done 4<"$state/hosts"
}

lab_shown() {
  say "✓ lab \"$lab\" is up  ($(duration $SECONDS))"
  lab_list
  say "  inventory  inventory/$lab.yaml"
  if [ -z "${HOMELAB_LAB_K3S:-}" ]; then say "  k3s        lab k3s $(k3s_version), a stand-in made of the real parts (src/lab/k3s/README.md)"; else say "  k3s        $(k3s_version) from $HOMELAB_LAB_K3S"; fi
}

lab_add() { # NAME:ROLE
  node_syntax "${1:-}"
  lab_needed
  if container_exists "${1%:*}"; then problem 6 "${1%:*} is in the lab \"$lab\" already" "a host of that name exists" "cli/lab list$(name_flag)"; fi
  inventory_ours_needed
  build_image
  local address; address=$(free_address)
  host_create "${1%:*}" "${1#*:}" "$address"
  trust_hosts
  inventory_add "${1%:*}" "${1#*:}" "$address"
  say "✓ ${1%:*} added at $address, to inventory/$lab.yaml too  ($(duration $SECONDS))"
}

# Everything is found by its label, so a lab whose state folder was wiped goes as cleanly.
lab_down() {
  docker_needed
  own_lab || true
  mirror_down
  docker ps -aq --filter "label=$label=$lab" | xargs -r docker rm -f >/dev/null
  docker volume ls -q --filter "label=$label=$lab" | xargs -r docker volume rm >/dev/null
  docker network ls -q --filter "label=$label=$lab" | xargs -r docker network rm >/dev/null
  if inventory_is_ours; then rm -f "$(inventory_file)"; fi
  rm -rf "$state"
  say "✓ lab \"$lab\" is gone  ($(duration $SECONDS))"
}
