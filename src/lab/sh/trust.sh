# The lab's key on its hosts, and their keys here.

key_up() {
  if [ ! -e "$state/id_ed25519" ]; then ssh-keygen -q -t ed25519 -N '' -C "lab $lab" -f "$state/id_ed25519"; fi
  chmod 600 "$state/id_ed25519"
}

# Host keys are read out of the containers, so that nobody has to trust a first connection.
trust_hosts() {
  rm -rf "$state/keys"
  mkdir -p "$state/keys"
  each_host host_trusts_and_tells
  cat "$state"/keys/* >"$state/known_hosts"
  rm -rf "$state/keys"
  each_host host_reached
}
host_trusts_and_tells() { # NAME ADDRESS
  until_ok 120 port_open "$2" 22 || problem 1 "$1 does not come up" "nothing listens on its port 22 after 120 s" "docker exec $(container_name "$1") systemctl status ssh"
  host_trusts_key "$1"
  host_keys "$1" "$2" >"$state/keys/$1"
}
host_reached() { # NAME ADDRESS
  until_ok 60 ssh_answers "$2" || problem 1 "$1 cannot be reached by SSH" "$(ssh_answers "$2" 2>&1 | tail -1)" "cli/lab doctor"
}
