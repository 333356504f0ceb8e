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
    if docker network create --subnet "$subnet" --gateway "${subnet%0/24}1" --label "$label=$lab" --label "$label.home=$root" "$(network_name)" >/dev/null 2>"$state/network.log"; then return; fi
  done
  problem 1 "the network of the lab was refused (attempt $attempt)" "$(tail -1 "$state/network.log")" "cli/lab doctor"
}

lan() { docker network inspect -f '{{(index .IPAM.Config 0).Subnet}}' "$(network_name)"; }
gateway() { docker network inspect -f '{{(index .IPAM.Config 0).Gateway}}' "$(network_name)"; }

free_address() {
  local net last; net=$(lan)
  last=$(hosts | awk '{split($3, part, "."); if (part[4] > max) max = part[4]} END {print max ? max : 10}')
  echo "${net%0/24}$((last + 1))"
}
