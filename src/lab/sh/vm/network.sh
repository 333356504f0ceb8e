# A bridge of the lab's own with a tap for each machine.

taken_subnets() {
  if docker_answers; then docker network ls -q | xargs -r docker network inspect -f '{{range .IPAM.Config}}{{.Subnet}} {{end}}'; fi
  ip -4 route | awk '{print $1}'
}
lan() { cat "$state/vm/subnet"; }
gateway() { local net; net=$(lan); echo "${net%0/24}1"; }
clock_address() { echo "$(gateway):123"; } # a machine has a clock of its own, and no way out to a time server
tap_name() { local address; address=$(cat "$(machine "$1")/address"); echo "hlt$(link_hash)-${address##*.}"; }

# Where Docker is, what it does not know is not forwarded, and what crosses a bridge counts as forwarded.
bridged() { command -v iptables >/dev/null && iptables -w "$1" FORWARD -i "$(bridge_name)" -o "$(bridge_name)" -j ACCEPT 2>/dev/null; }

network_up() {
  if [ ! -d "$state/vm" ] && docker_answers && docker network inspect "$(network_name)" >/dev/null 2>&1; then
    problem 6 "the lab \"$lab\" is one of containers" "which hosts are machines is said when a lab is made" "cli/lab up --vm --name ANOTHER, or cli/lab down$(name_flag)"
  fi
  if own_lab; then return; fi
  if [ ! -e "$state/vm/subnet" ]; then machines_gone; fi
  mkdir -p "$state/vm"
  if [ ! -e "$state/vm/subnet" ]; then free_subnet >"$state/vm/subnet"; fi
  if mixed; then echo "$vm" >"$state/vm/beside"; bridge_of_docker; else bridge_of_ours; fi
  ip link set "$(bridge_name)" alias "$(link_alias)"
  bridged -C || bridged -I || true
}

bridge_of_ours() {
  ip link add "$(bridge_name)" type bridge
  ip link set "$(bridge_name)" up
  ip addr add "$(gateway)/24" dev "$(bridge_name)"
}
bridge_of_docker() {
  docker network inspect "$(network_name)" >/dev/null 2>&1 || docker network create --subnet "$(lan)" --gateway "$(gateway)" -o "com.docker.network.bridge.name=$(bridge_name)" \
    --label "$label=$lab" --label "$label.home=$root" "$(network_name)" >/dev/null
}

tap_up() { # NODE
  local tap; tap=$(tap_name "$1")
  if [ ! -e "/sys/class/net/$tap" ]; then ip tuntap add dev "$tap" mode tap; fi
  ip link set "$tap" master "$(bridge_name)" up
}

network_gone() {
  local tap
  if ! bridge_exists; then return; fi
  for tap in /sys/class/net/"hlt$(link_hash)"-*; do
    if [ -e "$tap" ]; then ip link del "$(basename "$tap")"; fi
  done
  while bridged -D; do :; done
  if ! mixed; then ip link del "$(bridge_name)"; fi
}
