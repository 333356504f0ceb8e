# doctor: what this machine lacks for a lab, each with the command that mends it. Exit 1 when something is missing.

lacking=0
verdict() { # OK? TEXT WHY FIX
  if [ "$1" = 0 ]; then printf '✓ %s\n' "$2"; return; fi
  lacking=$((lacking + 1))
  printf '✗ %s\n    why  %s\n    fix  %s\n' "$2" "$3" "$4"
}
status_of() { if "$@" >/dev/null 2>&1; then echo 0; else echo 1; fi; }

# tool COMMAND PACKAGE WHY
tool() { verdict "$(status_of command -v "$1")" "$1" "$3" "$(as_root)apt-get install -y $2"; }
as_root() { [ "$(id -u)" = 0 ] || printf 'sudo '; }

go_is_new_enough() { printf 'go1.24\n%s\n' "$(go env GOVERSION)" | sort -CV; }
java_is_new_enough() { [ "$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')" -ge 17 ]; }
space_left() { [ "$(df -Pk "$(existing "$cache")" | awk 'NR == 2 {print $4}')" -gt 8000000 ]; }
memory_there() { [ "$(awk '/MemAvailable/ {print $2}' /proc/meminfo)" -gt 2000000 ]; }
existing() { local path=$1; until [ -e "$path" ]; do path=$(dirname "$path"); done; echo "$path"; }

doctor_tools() {
  tool docker docker.io "the hosts are containers"
  tool ssh openssh-client "the hosts are reached by it"
  tool git git "the repositories of a lab are served by it"
  tool curl curl "release files are looked at with it"
  tool debootstrap debootstrap "the hosts' image is made of Debian packages"
  tool zstd zstd "artefacts are packed with it"
  if [ -n "${HOMELAB_LAB_K3S:-}" ]; then verdict "$(status_of test -x "$HOMELAB_LAB_K3S")" "HOMELAB_LAB_K3S" "$HOMELAB_LAB_K3S is no program" "unset HOMELAB_LAB_K3S"; fi
  tool gcc "gcc libc6-dev" "a part of flannel is written in C"
  tool xxd xxd "lab k3s is put together with it"
  tool apt-get apt "runc and the CNI plugins are Debian's (a Debian or Ubuntu is needed here)"
  verdict "$(status_of go_is_new_enough)" "Go 1.24 or newer" "lab k3s is built with it" "install Go from https://go.dev/dl"
  verdict "$(status_of java_is_new_enough)" "Java 17 or newer" "homelab runs on it" "$(as_root)apt-get install -y openjdk-17-jdk-headless"
}
lab_doctor() {
  doctor_tools
  if [ "$(id -u)" = 0 ] && ! docker_answers; then verdict 0 "Docker daemon (none runs; cli/lab up starts it)"
  else verdict "$(status_of docker_answers)" "Docker daemon" "none runs, or this user may not talk to it" "sudo systemctl start docker && sudo usermod -aG docker $(id -un) && newgrp docker"; fi
  verdict "$(status_of test "$(id -u)" = 0 -o -e "$cache/image-$(image_hash)/root.tar.zst")" "root, or an image that is built" "debootstrap makes the hosts' image as root" "sudo --preserve-env=HOME,PATH cli/lab artifacts"
  verdict "$(status_of space_left)" "8 GB of disk for $cache" "there is less" "df -h $(existing "$cache")"
  verdict "$(status_of memory_there)" "2 GB of memory available" "a server takes 1 GB, an agent 340 MB" "free -h"
  verdict "$(status_of test "$(uname -s)" = Linux)" "Linux" "the hosts share this machine's kernel" "run the laboratory in a Linux virtual machine"
  doctor_machines
  [ $lacking = 0 ] || exit 1
}
