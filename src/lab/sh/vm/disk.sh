# A machine's disk: the lab's, with what is this machine's own put on it before its first boot.

host_create() { if wanted_as_machine "$1"; then machine_create "$@"; else container_host_create "$@"; fi; }
machine_create() { # NAME ROLE ADDRESS
  local folder own; folder=$(machine "$1"); own=$folder/own
  mkdir -p "$own"
  if [ -n "$as_shipped" ]; then touch "$folder/shipped"; fi
  machine_own_files "$1" "$2" "$3" "$own"
  cp --sparse=always "$(machine_folder)/disk.img" "$folder/disk.part"
  put_on_disk "$folder/disk.part" "$own"
  mv "$folder/disk.part" "$folder/disk.img"
  echo "$2" >"$folder/role"
  awk -v address="$3" '{print address, $1, $2}' "$own"/etc/ssh/ssh_host_*_key.pub >"$folder/host_keys"
  echo "$3" >"$folder/address"
  machine_on "$1" now
}

machine_own_files() { # NAME ROLE ADDRESS FOLDER
  mkdir -p "$4"/etc/{ssh,systemd/network,systemd/timesyncd.conf.d} "$4/home/pi/.ssh" "$4/var/lib/lab"
  echo "$1" >"$4/etc/hostname"
  printf '127.0.0.1\tlocalhost\n::1\t\tlocalhost ip6-localhost ip6-loopback\nff02::1\t\tip6-allnodes\nff02::2\t\tip6-allrouters\n\n127.0.1.1\t%s\n' "$1" >"$4/etc/hosts"
  echo "nameserver $(gateway)" >"$4/etc/resolv.conf"
  printf '[Match]\nName=eth0\n[Network]\nAddress=%s/24\nGateway=%s\nIPv6AcceptRA=no\n' "$3" "$(gateway)" >"$4/etc/systemd/network/10-lan.network"
  printf '[Time]\nNTP=%s\n' "$(gateway)" >"$4/etc/systemd/timesyncd.conf.d/lab.conf"
  local type; for type in ed25519 ecdsa; do ssh-keygen -q -t $type -N '' -C "root@$1" -f "$4/etc/ssh/ssh_host_${type}_key"; done
  cp "$state/id_ed25519.pub" "$4/home/pi/.ssh/authorized_keys"
  if [ -n "$as_shipped" ]; then
    mkdir -p "$4/boot/firmware"
    sed 's/ cgroup_[a-z]*=[a-z0-9]*//g' "$image_sources/files/boot/firmware/cmdline.txt" >"$4/boot/firmware/cmdline.txt"
  fi
}

# debugfs needs no loop device. It leaves a file alone that is there, so what the image has of them goes first.
put_on_disk() { # DISK FOLDER
  local path folder kind
  (cd "$2" && find . -mindepth 1 \( -type d -printf 'd %P\n' \) -o \( -type f -printf 'f %P\n' \)) | sort -k2 | while read -r kind path; do
    if [ "$kind" = d ]; then printf 'cd /\nmkdir %s\n' "$path"; continue; fi
    folder=$(dirname "$path")
    printf 'rm /%s\ncd /%s\nwrite %s %s\n' "$path" "$folder" "$2/$path" "$(basename "$path")"
    printf 'sif /%s mode 0100%s\nsif /%s uid %s\nsif /%s gid %s\n' "$path" "$(stat -c %a "$2/$path")" "$path" "$(owner_on_disk "$path")" "$path" "$(owner_on_disk "$path")"
  done >"$2.commands"
  debugfs -w -f "$2.commands" "$1" >"$2.log" 2>&1
  for path in etc/hostname home/pi/.ssh/authorized_keys; do
    debugfs -R "cat /$path" "$1" 2>/dev/null | cmp -s - "$2/$path" || problem 1 "/$path is not on the disk" "$(tail -1 "$2.log")" "read $2.log"
  done
}
owner_on_disk() { case $1 in home/pi/*) echo 1000 ;; *) echo 0 ;; esac; }
