# One host: a container with systemd, sshd, UFW and the user pi. What it loses and keeps at a start is in ../image.

board() { case $1 in jarvis) echo "Raspberry Pi 5 Model B Rev 1.0" ;; *) echo "Raspberry Pi 4 Model B Rev 1.4" ;; esac; }

# Containers may not set the clock: it is this machine's. On cgroup v1 they share its tree, on v2 each has its own.
isolation() {
  if [ -n "${HOMELAB_LAB_PRIVILEGED:-}" ]; then echo --privileged
  else echo --cap-add=ALL --cap-drop=SYS_RESOURCE --cap-drop=SYS_TIME --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined --device /dev/kmsg; fi
  if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ]; then echo --cgroupns=private; else echo --cgroupns=host -v /sys/fs/cgroup:/sys/fs/cgroup:rw; fi
}

host_create() { # NAME ROLE ADDRESS
  local name; name=$(container_name "$1")
  docker volume create --label "$label=$lab" "$name" >/dev/null
  # Below a host that may not use every device no pod may, and a privileged one, as Longhorn's are, does not start.
  # shellcheck disable=SC2046 # words on purpose
  docker run -d --device-cgroup-rule 'a *:* rwm' --name "$name" --hostname "$1" --network "$(network_name)" --ip "$3" $(sixth_address "$3") --restart unless-stopped --stop-signal SIGRTMIN+3 \
    $(isolation) --tmpfs /run --tmpfs /run/lock -v "$name:/var/lib/rancher" -e "LAB_MODEL=$(board "$1")" -e "LAB_AS_SHIPPED=${as_shipped:-}" \
    --label "$label=$lab" --label "$label.node=$1" --label "$label.role=$2" --label "$label.address=$3" --label "$label.home=$root" \
    "$(image_tag)" >/dev/null
}

# A host that was shut down from inside idles as a container; waking it is what pressing its button would be.
host_wake() {
  local name; name=$(container_name "$1")
  docker start "$name" >/dev/null
  if host_is_off "$1"; then
    docker exec "$name" rm /var/lib/lab/off
    docker kill "$name" >/dev/null
    docker start "$name" >/dev/null
  fi
}
host_is_off() { docker exec "$(container_name "$1")" test -e /var/lib/lab/off 2>/dev/null; }

ssh_answers() { # ADDRESS
  ssh_to "$1" -o ConnectTimeout=2 -o BatchMode=yes true
}
ssh_to() { # ADDRESS [OPTIONS] [COMMAND]
  local address=$1; shift
  # The inner quotes are for ssh, which takes a space for the beginning of a second file.
  ssh -F none -i "$state/id_ed25519" -o IdentitiesOnly=yes -o UserKnownHostsFile="\"$state/known_hosts\"" -o StrictHostKeyChecking=yes -o LogLevel=ERROR "pi@$address" "$@"
}

host_trusts_key() { # NAME
  docker exec -i "$(container_name "$1")" sh -c 'umask 077; cat >/home/pi/.ssh/authorized_keys; chown pi:pi /home/pi/.ssh/authorized_keys' <"$state/id_ed25519.pub"
}
host_keys() { # NAME ADDRESS
  docker exec "$(container_name "$1")" sh -c 'cat /etc/ssh/ssh_host_*_key.pub' | awk -v address="$2" '{print address, $1, $2}'
}
port_open() { timeout 2 bash -c "</dev/tcp/$1/$2"; } # far cheaper to ask again and again than an exec
