# The release files of k3s over HTTP, laid out as on GitHub: http://127.0.0.1:PORT/v1.33.4%2Bk3s1/k3s.
# It listens on the loopback and on the lab's bridge only, and ends by itself when the state folder goes.

mirror_pid() { cat "$state/mirror.pid" 2>/dev/null || true; }
mirror_runs() {
  local pid; pid=$(mirror_pid)
  [ -n "$pid" ] && grep -q lab-mirror "/proc/$pid/cmdline" 2>/dev/null
}
mirror_port() { cat "$state/mirror.port"; }

free_port() {
  local port
  for port in $(shuf -i 18000-18999); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && ! (exec 3<>"/dev/tcp/$(gateway)/$port") 2>/dev/null; then echo "$port"; return; fi
  done
}

# Names as on the release page: amd64 has no suffix, every other architecture has.
machine_arch() { case $(uname -m) in x86_64) echo amd64 ;; aarch64) echo arm64 ;; *) uname -m ;; esac; }

mirror_files() {
  rm -rf "$state/mirror"
  release_served "$(k3s_version)" "$(k3s_binary)"
  if [ -e "$(next_binary)" ]; then release_served "$next_version" "$(next_binary)"; fi
  channels_served >"$state/mirror/channels"
  helm_served
  charts_served
}

# As update.k3s.io has it. What latest means is two minors on and served nowhere: there it is to be refused.
channels_served() {
  local current next; current=$(k3s_version); next=$current
  if [ -e "$(next_binary)" ]; then next=$next_version; fi
  printf '{"type":"collection","resourceType":"channels","data":[%s,%s,%s,%s]}\n' \
    "$(channel stable "$next")" "$(channel latest v1.35.1+k3s1)" "$(channel "${current%.*}" "$current")" "$(channel "${next_version%.*}" "$next")"
}
channel() { printf '{"id":"%s","type":"channel","name":"%s","latest":"%s"}' "$1" "$1" "$2"; }

release_served() { # VERSION BINARY
  local folder arch binary; folder=$state/mirror/$1; arch=$(machine_arch)
  if [ "$arch" = amd64 ]; then binary=k3s; else binary=k3s-$arch; fi
  mkdir -p "$folder"
  ln -s "$2" "$folder/$binary"
  if [ -n "$(k3s_images)" ]; then ln -s "$(k3s_images)" "$folder/k3s-airgap-images-$arch.tar"; fi
  (cd "$folder" && sum_once k3s* >"sha256sum-$arch.txt")
}

# Sums are kept beside what they were taken of, since reading 200 MB each time costs a second.
sum_once() {
  local name file kept
  for name in "$@"; do
    file=$(readlink -f "$name"); kept=$cache/sums/$(stat -c '%i-%s-%Y' "$file")
    if [ ! -e "$kept" ]; then mkdir -p "$cache/sums"; sha256sum "$file" | cut -c1-64 >"$kept"; fi
    printf '%s  %s\n' "$(cat "$kept")" "$name"
  done
}

clock_address() { :; } # containers have this machine's clock
mirror_up() {
  mirror_files
  if mirror_runs; then return; fi
  if [ ! -e "$state/mirror.port" ]; then free_port >"$state/mirror.port"; fi
  local port; port=$(mirror_port)
  setsid nohup "$(mirror_binary)" -root "$state/mirror" -pid "$state/mirror.pid" -listen "127.0.0.1:$port,$(gateway):$port" -clock "$(clock_address)" >>"$state/mirror.log" 2>&1 </dev/null &
  disown
  if ! until_ok 5 mirror_runs; then
    rm -f "$state/mirror.port"
    problem 1 "the mirror did not start" "$(tail -1 "$state/mirror.log")" "cli/lab up$(name_flag)"
  fi
}

mirror_down() {
  if mirror_runs; then kill "$(mirror_pid)" || true; fi
  rm -f "$state/mirror.pid"
}
