# The inventory of a lab: written by `up`, extended by `add`. Paths in it are relative to it.

inventory_file() { echo "$root/inventory/$lab.yaml"; }
# What homelab has seen of the mirror. lab k3s may have been built anew since, under the same version.
pins_file() { echo "$root/inventory/$lab.lock.yaml"; }
inventory_mark() { echo "# Written by cli/lab for the laboratory \"$lab\"; the hosts are containers."; }

inventory_is_ours() {
  local file; file=$(inventory_file)
  [ ! -e "$file" ] || [[ $(head -1 "$file") = "# Written by cli/lab for the laboratory \"$lab\";"* ]]
}
inventory_ours_needed() {
  inventory_is_ours || problem 6 "inventory/$lab.yaml was not written by the laboratory" "its first line is not the laboratory's mark" "cli/lab $verb --name ANOTHER"
}

inventory_write() {
  local file images=false; file=$(inventory_file)
  if [ -n "$(k3s_images)" ]; then images=true; fi
  inventory_text "$images" >"$file.part"
  mv "$file.part" "$file"
  rm -f "$(pins_file)"
}

inventory_text() { # AIRGAP-IMAGES
  cat <<Y
$(inventory_mark)
cluster: $lab
network:
  lan: $(lan)
  pods: 10.42.0.0/16
  services: 10.43.0.0/16
k3s:
  version: $(k3s_version)
  releases: http://127.0.0.1:$(mirror_port)
  channels: http://127.0.0.1:$(mirror_port)/channels
  airgap-images: $1
  cluster-init: true
  secrets-encryption: true$(inventory_k3s)
ssh:
  known-hosts: ../target/lab/$lab/known_hosts
defaults:
  user: pi
  key: ../target/lab/$lab/id_ed25519
nodes:
$(hosts | while read -r name role address _; do inventory_line "$name" "$role" "$address"; done)
Y
}

inventory_k3s() { :; }

inventory_line() { # NAME ROLE ADDRESS
  local labels=
  if [ "$2" = agent ]; then labels=", labels: {disk: ssd}"; fi
  echo "  $1: {address: $3, role: $2$labels}"
}

# add must not undo what somebody changed by hand: its line goes to the end, where the nodes are.
inventory_add() { inventory_line "$@" >>"$(inventory_file)"; }
