# The verbs, for machines.

lab_start() {
  node_needed "${1:-}"
  if ! is_machine "$1"; then container_lab_start "$1"; return; fi
  date -d "${clock:-now}" >/dev/null 2>&1 || problem 2 "'$clock' is no time" "--clock takes what date takes: -30min, '2 hours ago', 2025-11-10T04:44" "cli/lab start $1 --clock=-30min$(name_flag)"
  if ! host_is_off "$1"; then
    [ -z "$clock" ] || problem 6 "$1 is on" "a clock is given with the power" "cli/lab cut $1$(name_flag), then start"
  else host_wake "$1" "${clock:-now}"; fi
  until_ok 600 ssh_answers "$(address_of "$1")" || problem 1 "$1 does not answer by SSH within 10 min" "$(ssh_answers "$(address_of "$1")" 2>&1 | tail -1)" "read $(machine "$1")/console.log"
  say "✓ $1 is up  ($(duration $SECONDS))"
}
lab_stop() {
  node_needed "${1:-}"
  if ! is_machine "$1"; then container_lab_stop "$1"; return; fi
  if ! host_is_off "$1"; then
    ssh_to "$(address_of "$1")" sudo systemctl poweroff || true
    until_ok 240 host_is_off "$1" || problem 1 "$1 is still on after 4 min" "something in it does not end" "read $(machine "$1")/console.log, or cli/lab cut $1$(name_flag)"
  fi
  say "✓ $1 is shut down  ($(duration $SECONDS))"
}
lab_cut() {
  node_needed "${1:-}"
  if ! is_machine "$1"; then container_lab_cut "$1"; return; fi
  power_off "$1"
  say "✓ $1 has no power: what it had not written to its disk is lost  (cli/lab start $1$(name_flag) brings it back)"
}
lab_kill() { if mixed && ! is_machine "${1:-}"; then container_lab_kill "$@"; else lab_cut "$@"; fi; }

# A machine's keys were put on its disk.
host_trusts_and_tells() { # NAME ADDRESS
  if is_machine "$1"; then cp "$(machine "$1")/host_keys" "$state/keys/$1"; else container_host_trusts_and_tells "$@"; fi
}
host_reached() { # NAME ADDRESS
  if ! is_machine "$1"; then container_host_reached "$@"; return; fi
  until_ok 240 ssh_answers "$2" || problem 1 "$1 cannot be reached by SSH" "$(ssh_answers "$2" 2>&1 | tail -1)" "read $(machine "$1")/console.log"
}

lab_up_refused() {
  if [ -n "$made_by" ]; then problem 6 "nothing is --made-by others on machines" "k3s of other tools is laid down in containers alone" "cli/lab up --made-by $made_by without --vm"; fi
  if [ -n "$ipv6" ]; then problem 6 "machines have no IPv6 here" "their bridge is one of IPv4" "cli/lab up --ipv6 without --vm"; fi
}

lab_down() {
  local beside=''
  docker_needed
  own_lab || true
  if mixed; then beside=1; fi
  machines_gone
  if [ -n "$beside" ]; then container_lab_down; return; fi
  mirror_down
  git_down
  git_ssh_down
  if inventory_is_ours; then rm -f "$(inventory_file)" "$(pins_file)"; fi
  rm -rf "$state"
  say "✓ lab \"$lab\" is gone  ($(duration $SECONDS))"
}
