# up, add and down: what exists afterwards.

default_nodes=jarvis:server,ultron:agent

node_syntax() { # NAME:ROLE
  [[ $1 =~ ^[a-z]([a-z0-9-]{0,61}[a-z0-9])?:(server|agent)$ ]] ||
    problem 2 "'$1' is no node" "a node is NAME:ROLE, the name as a host name in small letters, the role server or agent" "cli/lab up --nodes $default_nodes"
}

lab_up_refused() { :; }
lab_up() {
  lab_up_refused
  made_by_needed
  inventory_ours_needed
  docker_needed
  local wanted node; wanted=$(wanted_nodes)
  for node in ${wanted//,/ }; do node_syntax "$node"; done
  build_all
  mkdir -p "$state"
  charts_remembered
  network_up
  key_up
  inotify_suffices "$wanted"
  # shellcheck disable=SC2086 # words on purpose
  create_hosts ${wanted//,/ }
  each_host wake_if_down
  trust_hosts
  mirror_up
  git_up_again
  inventory_write
  made_by_up
  lab_shown
}

# Without --nodes a lab that exists keeps the hosts it has.
wanted_nodes() {
  local present; present=$(hosts | awk '{printf "%s%s:%s", sep, $1, $2; sep = ","}')
  echo "${nodes:-${present:-$default_nodes}}"
}

create_hosts() { # NAME:ROLE...
  local node last net; net=$(lan); last=$(last_address)
  for node in "$@"; do
    if container_exists "${node%:*}"; then continue; fi
    last=$((last + 1))
    host_create "${node%:*}" "${node#*:}" "${net%0/24}$last" &
    jobs_begun+=($!)
    if [ $((last % 4)) = 0 ]; then all_done; fi # more at once only wait for Docker
  done
  all_done
}
wake_if_down() { if [ "$3" != running ]; then host_wake "$1"; fi; }

lab_shown() {
  say "✓ lab \"$lab\" is up  ($(duration $SECONDS))"
  lab_list
  say "  inventory  inventory/$lab.yaml"
  if [ -z "${HOMELAB_LAB_K3S:-}" ]; then say "  k3s        lab k3s $(k3s_version), a stand-in made of the real parts (src/lab/k3s/README.md)"; else say "  k3s        $(k3s_version) from $HOMELAB_LAB_K3S"; fi
  if [ -e "$state/mirror/charts" ]; then say "  charts     http://$(gateway):$(mirror_port)/charts: $(cd "$state/mirror/charts" && printf '%s ' *.tgz)"; fi
}

lab_add() { # NAME:ROLE
  node_syntax "${1:-}"
  lab_needed
  if container_exists "${1%:*}"; then problem 6 "${1%:*} is in the lab \"$lab\" already" "a host of that name exists" "cli/lab list$(name_flag)"; fi
  inventory_ours_needed
  build_image
  inotify_suffices "$1"
  local address net; net=$(lan); address=${net%0/24}$(($(last_address) + 1))
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
  git_down
  git_ssh_down
  docker ps -aq --filter "label=$label=$lab" | xargs -r docker rm -f >/dev/null
  docker volume ls -q --filter "label=$label=$lab" | xargs -r docker volume rm >/dev/null
  docker network ls -q --filter "label=$label=$lab" | xargs -r docker network rm >/dev/null
  if inventory_is_ours; then rm -f "$(inventory_file)" "$(pins_file)"; fi
  rm -rf "$state"
  say "✓ lab \"$lab\" is gone  ($(duration $SECONDS))"
}
