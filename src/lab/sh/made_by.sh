# Hosts on which k3s runs already, installed by another tool: src/lab/made-by/README.md.

made_by_tools="install-script k3s-ansible k3sup"
made_by_needed() {
  if [ -z "$made_by" ] || [[ " $made_by_tools " = *" $made_by "* ]]; then return; fi
  problem 2 "nothing is made by '$made_by'" "the laboratory knows $made_by_tools" "cli/lab up --made-by install-script"
}

inside() { docker exec -i "$(container_name "$1")" "${@:2}"; }
made_by_files() { # NAME
  local name; name=$(container_name "$1")
  inside "$1" mkdir -p /var/lib/rancher/k3s/agent/images
  docker cp -qL "$(k3s_binary)" "$name:/usr/local/bin/k3s"
  inside "$1" chmod 755 /usr/local/bin/k3s
  # Nothing here has a registry, so images lie where k3s looks for those of an air-gapped installation.
  if [ -n "$(k3s_images)" ]; then docker cp -qL "$(k3s_images)" "$name:/var/lib/rancher/k3s/agent/images/k3s-airgap-images-$(machine_arch).tar"; fi
}
made_by_lay() { inside "$1" sh -s "$made_by" "$2" "$3" "$4" "$5" <"$root/src/lab/made-by/lay" >"$state/made-by-$1"; } # NAME ROLE ADDRESS SERVER TOKEN

made_by_up() {
  if [ -z "$made_by" ]; then return; fi
  local server address token name role
  read -r server _ address _ < <(hosts | awk '$2 == "server"')
  token=$(head -c 16 /dev/urandom | xxd -p)
  if inside "$server" test -e /etc/systemd/system/k3s.service; then return; fi
  for name in $(hosts | cut -d' ' -f1); do made_by_files "$name"; done
  made_by_lay "$server" server "$address" "$address" "$token"
  long "k3s on $server, made by $made_by" "$state/made-by.log" inside "$server" systemctl start k3s
  if [ "$made_by" = k3sup ]; then token=$(inside "$server" cat /var/lib/rancher/k3s/server/node-token); fi
  made_by_join_all "$server" server
  made_by_join_all "$server" agent
  made_by_annotated "$server"
}
# Servers first, one after another: etcd takes in one at a time.
made_by_join_all() { # FIRST ROLE
  local name role address
  hosts | while read -r name role address _; do
    if [ "$role" = "$2" ] && [ "$name" != "$1" ]; then made_by_joins "$name" "$role" "$address" </dev/null; fi
  done
}
made_by_joins() { # NAME ROLE ADDRESS
  local unit=k3s-agent
  if [ "$2" = server ]; then unit=k3s; fi
  made_by_lay "$1" "$2" "$3" "$(hosts | awk '$2 == "server" {print $3; exit}')" "$token"
  long "k3s on $1, made by $made_by" "$state/made-by.log" inside "$1" systemctl start $unit
}

# What k3s tells of its arguments on its Node; lab k3s does not.
made_by_annotated() { # SERVER
  local name
  for name in $(hosts | cut -d' ' -f1); do
    until_ok 60 inside "$1" k3s kubectl get node "$name"
    inside "$1" k3s kubectl annotate --overwrite node "$name" "k3s.io/node-args=$(sed -n 1p "$state/made-by-$name")" "k3s.io/node-env=$(sed -n 2p "$state/made-by-$name")" >/dev/null
  done
}
