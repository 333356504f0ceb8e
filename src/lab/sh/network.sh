# One bridge per lab: 10.77.X.0/24, the first X from 0 that neither Docker nor a route of this machine uses.

taken_subnets() {
  docker network ls -q | xargs -r docker network inspect -f '{{range .IPAM.Config}}{{.Subnet}} {{end}}'
  ip -4 route 2>/dev/null | awk '{print $1}'
}

free_subnet() {
  local taken x; taken=$(taken_subnets)
  for x in {0..254}; do
    if ! grep -qE "(^|[^0-9])10\.77\.$x\.[0-9]" <<<"$taken"; then echo "10.77.$x.0/24"; return; fi
  done
  problem 6 "no network is free for another lab" "10.77.0.0/24 to 10.77.254.0/24 are all in use here" "cli/lab list --all, then cli/lab down --name NAME"
}

network_up() {
  if own_lab; then return; fi
  local subnet attempt
  for attempt in 1 2 3; do # another lab may take the same one in this very moment
    subnet=$(free_subnet)
    # shellcheck disable=SC2046 # words on purpose
    if docker network create --subnet "$subnet" --gateway "${subnet%0/24}1" $(sixth_network "$subnet") --label "$label=$lab" --label "$label.home=$root" "$(network_name)" >/dev/null 2>"$state/network.log"; then return; fi
  done
  problem 1 "the network of the lab was refused (attempt $attempt)" "$(tail -1 "$state/network.log")" "cli/lab doctor"
}

# With --ipv6 each host has fd77:0:X::N beside 10.77.X.N.
sixth_prefix() { local net=${1#10.77.}; echo "fd77:0:${net%%.*}::"; } # SUBNET
sixth_network() { if [ -n "$ipv6" ]; then echo "--ipv6 --subnet $(sixth_prefix "$1")/64 --gateway $(sixth_prefix "$1")1"; fi; }
sixth_address() { # ADDRESS
  if docker network inspect -f '{{.EnableIPv6}}' "$(network_name)" | grep -q true; then echo "--ip6 $(sixth_prefix "$1")${1##*.}"; fi
}

# All hosts of all labs share root's inotify instances; a systemd that gets none never ends starting.
inotify_suffices() { # NODES
  local limit=/proc/sys/fs/inotify/max_user_instances node total
  total=$(docker ps -aq --filter "label=$label" | wc -l)
  for node in ${1//,/ }; do if ! container_exists "${node%:*}"; then total=$((total + 1)); fi; done
  if [ $((total * 5)) -le "$(cat $limit)" ]; then return; fi
  problem 6 "this machine cannot watch files for $total hosts" "each needs 5 inotify instances, and root may have $(cat $limit)" "sysctl -w fs.inotify.max_user_instances=1024"
}

lan() { docker network inspect -f '{{(index .IPAM.Config 0).Subnet}}' "$(network_name)"; }
gateway() { docker network inspect -f '{{(index .IPAM.Config 0).Gateway}}' "$(network_name)"; }

# Addresses begin at .11, as in the shipped inventories.
last_address() { hosts | awk '{split($3, part, "."); if (part[4] > last) last = part[4]} END {print last ? last : 10}'; }
