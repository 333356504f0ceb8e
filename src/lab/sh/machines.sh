# Labs whose hosts are machines under QEMU: own kernel, own clock, power that can be cut. ./vm holds what is done otherwise for
# them; its functions take the place of those for containers.

# Links have 15 letters at most, so the name of a lab is in them as a number; the alias tells it in full.
link_hash() { sha256sum <<<"$lab" | cut -c1-6; }
bridge_name() { echo "hlvm$(link_hash)"; }
link_alias() { echo "$label=$lab $label.home=$root"; }
bridge_exists() { [ -e "/sys/class/net/$(bridge_name)" ]; }

# Hosts that stay containers, beside machines on one bridge: with --vm=NODE,... all that are not named.
container_functions="hosts container_exists host_create host_wake host_is_off lab_start lab_stop lab_cut lab_kill lab_down docker_needed build_image host_trusts_and_tells host_reached inotify_suffices"

machines_asked_or_there() { [ -n "$vm" ] || [ -d "$state/vm" ] || bridge_exists; }
machines_instead_of_containers() {
  local part name
  for name in $container_functions; do eval "container_$(declare -f "$name")"; done
  for part in "$root"/src/lab/sh/vm/*.sh; do
    # shellcheck source=/dev/null
    source "$part"
  done
}

# machine_lacks: "WHAT|WHY|FIX" of each thing that keeps machines from being had here.
machine_lacks() {
  if [ "$(uname -sm)" != "Linux x86_64" ]; then echo "Linux on x86_64|the machines are of that kind as yet, and this is $(uname -sm)|use containers: cli/lab up without --vm"; fi
  if ! command -v qemu-system-x86_64 >/dev/null; then echo "QEMU|the machines run under qemu-system-x86_64|$(as_root)apt-get install -y --no-install-recommends qemu-system-x86"; fi
  if ! command -v debugfs >/dev/null; then echo "debugfs|a machine's name and keys are put on its disk with it|$(as_root)apt-get install -y e2fsprogs"; fi
  if [ ! -c /dev/net/tun ]; then echo "/dev/net/tun|the machines' network cards are taps|modprobe tun, or let this machine have the device"; fi
  if [ "$(id -u)" != 0 ]; then echo "root|a bridge and taps are made|sudo --preserve-env=HOME,PATH cli/lab up --vm"; fi
}

doctor_machines() {
  local what why fix lacks; lacks=$(machine_lacks)
  if [ -z "$lacks" ]; then printf '✓ machines (--vm), %s\n' "$(accelerator_known)"; return; fi
  while IFS='|' read -r what why fix; do
    # Who asked for containers has what is needed without it.
    if [ -n "$vm" ]; then verdict 1 "$what" "$why" "$fix"; else printf '· no machines (--vm): %s is missing; %s\n' "$what" "$fix"; fi
  done <<<"$lacks"
}
accelerator_known() { case $(cat "$cache/accel-$(uname -r)" 2>/dev/null) in kvm) echo "by KVM" ;; tcg) echo "emulated: no guest starts by KVM here" ;; *) echo "KVM is tried at the first up" ;; esac; }

lab_cut() {
  node_needed "${1:-}"
  problem 6 "$1 cannot lose its power" "it is a container: what its processes wrote lives on in the memory of this machine" "cli/lab up --vm --name ANOTHER makes machines, which can; or cli/lab kill $1$(name_flag)"
}
