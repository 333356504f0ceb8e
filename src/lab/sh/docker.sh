# Docker as the laboratory uses it: everything it makes carries the label homelab.lab=NAME, and nothing else is touched.

label=homelab.lab

docker_answers() { timeout 20 docker info >/dev/null 2>&1; }

docker_needed() {
  if docker_answers; then return; fi
  if ! command -v docker >/dev/null; then
    problem 6 "Docker is missing" "the hosts of the laboratory are containers" "cli/lab doctor"
  fi
  if [ "$(id -u)" != 0 ] || ! command -v dockerd >/dev/null; then
    problem 6 "no Docker daemon answers here" "none runs, or this user may not talk to it" "cli/lab doctor"
  fi
  docker_start
}

docker_start() {
  mkdir -p "$cache"
  if [ -d /run/systemd/system ]; then systemctl start docker 2>"$cache/dockerd.log" || true; fi
  if ! docker_answers; then
    rm -f /var/run/docker.pid
    setsid nohup dockerd >>"$cache/dockerd.log" 2>&1 </dev/null &
    disown
  fi
  until_ok 30 docker_answers || problem 1 "the Docker daemon did not come up within 30 s" "$(tail -1 "$cache/dockerd.log")" "read $cache/dockerd.log"
  say "✓ Docker daemon started; its log is $cache/dockerd.log"
}

network_name() { echo "homelab-$lab"; }
container_name() { echo "homelab-$lab-$1"; }

container_exists() { [ "$(docker container inspect -f "{{index .Config.Labels \"$label\"}}" "$(container_name "$1")" 2>/dev/null)" = "$lab" ]; }

# hosts: "NAME ROLE ADDRESS STATE" of every host of this lab, in the order of their addresses.
hosts() {
  docker ps -a --filter "label=$label=$lab" --format "{{.Label \"$label.node\"}} {{.Label \"$label.role\"}} {{.Label \"$label.address\"}} {{.State}}" | sort -t. -k4n
}

# each_host FUNCTION: calls it with NAME ADDRESS STATE for all hosts at once; ends the run when one fails.
each_host() {
  local name role address status
  while read -r name role address status <&4; do
    "$1" "$name" "$address" "$status" </dev/null &
    jobs_begun+=($!)
  done 4< <(hosts)
  all_done
}
jobs_begun=()
all_done() {
  local job code=0
  for job in "${jobs_begun[@]}"; do wait "$job" || code=1; done
  jobs_begun=()
  [ $code = 0 ] || exit 1
}

# Each clone has its own state, so a lab of the same name in another clone is not ours to change.
own_lab() {
  local home; home=$(docker network inspect -f "{{index .Labels \"$label.home\"}}" "$(network_name)" 2>/dev/null) || return 1
  if [ "$home" != "$root" ]; then
    problem 6 "the lab \"$lab\" belongs to another clone" "it was made by $home" "choose another --name, or end it there: '$home/cli/lab' down --name $lab"
  fi
}

lab_needed() {
  docker_needed
  own_lab || problem 6 "there is no lab \"$lab\"" "no network $(network_name) exists" "cli/lab up$(name_flag)"
}
