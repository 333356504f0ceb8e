# What cli/try needs of this machine, and how it gets it after asking.

needs() { # COMMAND PACKAGE: names the package when the command is missing
  if ! command -v "$1" >/dev/null; then echo "$2"; fi
}
java_17() { [ "$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')" -ge 17 ] 2>/dev/null && command -v javac >/dev/null; }

missing_packages() {
  needs dockerd docker.io
  needs docker docker.io
  needs debootstrap debootstrap
  needs zstd zstd
  needs xxd xxd
  needs gcc gcc
  needs ssh openssh-client
  needs curl curl
  needs iptables iptables
  if command -v gcc >/dev/null && [ ! -e /usr/include/stdlib.h ]; then echo libc6-dev; elif ! command -v gcc >/dev/null; then echo libc6-dev; fi
  if ! java_17; then echo openjdk-17-jdk-headless; fi
}

install_packages() {
  if ! apt-get install -y --no-install-recommends "$@"; then
    apt-get update && apt-get install -y --no-install-recommends "$@"
  fi
}

packages_there() { # PACKAGE...
  if [ $# = 0 ]; then return; fi
  if [ "$(id -u)" != 0 ]; then problem 6 "packages are missing: $*" "only root may install them" "sudo apt-get install -y $*"; fi
  DEBIAN_FRONTEND=noninteractive long "packages: $*" "$cache/packages.log" install_packages "$@"
}

go_there() { command -v go >/dev/null || [ -n "${HOMELAB_LAB_K3S:-}" ]; }
