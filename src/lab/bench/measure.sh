# What the benchmarks share. To be sourced by a script that sets root, state (the laboratory's folder), inventory, rounds,
# addresses (one host per line) and measured (names of functions to time).

number() { # OPTION VALUE
  [[ ${2:-} =~ ^[1-9][0-9]?$ ]] || problem 2 "$1 needs a number from 1 to 99" "'${2:-}' follows it" "$0 --help"
  echo "$2"
}
addresses() { sed -n 's/.*{address: \([^,]*\),.*/\1/p' "$inventory"; }

# The laboratory's own, without a configuration of the user's.
ssh_options=(-F none -i "$state/id_ed25519" -o IdentitiesOnly=yes -o "UserKnownHostsFile=\"$state/known_hosts\""
  -o StrictHostKeyChecking=yes -o LogLevel=ERROR)
# on_all PARALLEL COMMAND: on every host, as a person would.
on_all() {
  local parallel=$1; shift
  xargs -P"$parallel" -I{} ssh "${ssh_options[@]}" pi@{} "$@" <<<"$addresses"
}

# millis COMMAND: how long it took.
millis() {
  local begin=${EPOCHREALTIME/[.,]/} end
  "$@" >/dev/null 2>>"$state/bench.log" || problem 1 "$* failed" "its last words: $(tail -1 "$state/bench.log")" "read $state/bench.log"
  end=${EPOCHREALTIME/[.,]/}
  echo $(((end - begin) / 1000))
}
measure() { # in turns, so that what else the machine does falls on all alike
  local round what
  for ((round = 0; round < rounds; round++)); do
    # Twenty hosts go on ending sessions for a while; that must not count for whoever comes next.
    for what in "${measured[@]}"; do sleep 1.5; millis "$what" >>"$state/bench.$what"; done
  done
}
nth() { sort -n "$state/bench.$1" | sed -n "$2p"; } # WHAT PLACE
median() { nth "$1" $(((rounds + 1) / 2)); }
spread() { echo "$(nth "$1" 1)-$(nth "$1" "$rounds")"; }

row() { printf '%-42s %8s %12s   %-34s %8s %12s   %7s  %-8s\n' "$@"; }
ratio_row() { # TEXT WHAT TEXT WHAT GOAL
  local ratio; ratio=$(awk -v ours="$(median "$2")" -v theirs="$(median "$4")" 'BEGIN {printf "%.2f", ours / theirs}')
  row "$1" "$(median "$2")" "$(spread "$2")" "$3" "$(median "$4")" "$(spread "$4")" "$ratio" "$5"
}
# Peak resident memory in MB of the process, which the kernel keeps count of: the launcher becomes the JVM.
peak_memory() { # ARGUMENTS of homelab
  local child peak='' now
  "$root/cli/homelab" "$@" >/dev/null 2>&1 &
  child=$!
  while now=$(awk '/^VmHWM/ {print $2}' "/proc/$child/status" 2>/dev/null) && [ -n "$now" ]; do
    peak=$now
    sleep 0.02
  done
  wait "$child" || true # what it found is not the question
  echo $((peak / 1000))
}
machine() {
  echo
  echo "Median of $rounds rounds in turns; load before $load_before, after $(cut -d' ' -f1 /proc/loadavg); $(nproc) processors, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
}
