#!/bin/bash
# Proves the machines of the laboratory: machine_test.sh. Its lab is its own (test-vm). Under emulation it takes 5 to 10 minutes.
# Skips, with the reason, where no machines can be had.
# shellcheck disable=SC2016 # what is in single quotes is for the machine to expand
set -uo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d); passed=0; failed=0
trap '"$root/cli/lab" down --name test-vm >/dev/null 2>&1; rm -rf "$work"' EXIT

lab() { "$root/cli/lab" --name test-vm "$@"; }
on() { lab ssh solo "$@"; }
check() { # SENTENCE COMMAND...
  local text=$1; shift
  if "$@" >"$work/last" 2>&1 </dev/null; then passed=$((passed + 1)); echo "ok    $text"; else failed=$((failed + 1)); echo "FAIL  $text"; tail -8 "$work/last" | sed 's/^/      /'; fi
}
is() { [ "$1" = "$2" ] || { echo "got  '$1'"; echo "want '$2'"; return 1; }; }
exits() { local want=$1; shift; "$@"; is $? "$want"; }
left() { ip -o link | grep -oE 'hl(vm|t)[0-9a-f-]*' | sort; iptables-save 2>/dev/null | grep -o 'hlvm[0-9a-f]*'; pgrep -fc 'name homelab-test-vm-'; ls "$root/inventory" "$root/target/lab"; }

is_up() { lab up --vm --nodes solo:server && is "$(lab list | cut -f2,3,5 | xargs)" "solo server running"; }
is_a_machine() { is "$(on systemd-detect-virt)" "$(case $(cat ~/.cache/homelab/lab/accel-* | head -1) in kvm) echo kvm ;; *) echo qemu ;; esac)" && on test -c /dev/watchdog0 && on sudo modprobe iscsi_tcp && on grep -q cgroup_enable=memory /proc/cmdline; }
sets_its_clock() { on sudo date -s 2030-01-01 && [ "$(date +%Y)" != 2030 ] && is "$(on date +%Y)" 2030; }
cut_loses_what_was_not_written() {
  on 'echo kept >kept && sync kept && sync && echo lost >lost' && lab cut solo && is "$(lab list | cut -f5)" off && exits 255 on true && lab start solo --clock -90min &&
    is "$(on cat kept)" kept && is "$(on 'cat lost 2>/dev/null')" ''
}
clock_is_behind() { local behind=$(($(date +%s) - $(on date +%s))); echo "$behind s behind"; [ $behind -gt 5000 ] && [ $behind -lt 5700 ]; }
reboots() { local before; before=$(on cat /proc/sys/kernel/random/boot_id); on sudo systemctl reboot; sleep 20; lab start solo && [ "$(on cat /proc/sys/kernel/random/boot_id)" != "$before" ]; }
stops() { lab stop solo && is "$(lab list | cut -f5)" off && grep -q 'reboot: Power down' "$root/target/lab/test-vm/vm/solo/console.log"; }
up_brings_it_back() { lab up && is "$(lab list | cut -f5)" running; }
memory_is() { is "$(on 'grep -c -w memory /sys/fs/cgroup/cgroup.controllers')" "$1"; }
as_shipped() { lab up --vm --nodes solo:server --as-shipped && memory_is 0; }
reads_its_file_at_a_reboot() {
  local before; before=$(on cat /proc/sys/kernel/random/boot_id)
  on "sudo sed -i 's/\$/ cgroup_memory=1 cgroup_enable=memory/' /boot/firmware/cmdline.txt && sudo systemctl reboot"
  for _ in {1..120}; do if [ "$(on cat /proc/sys/kernel/random/boot_id 2>/dev/null)" != "$before" ] && on true; then break; fi; sleep 2; done
  memory_is 1
}
stays_off() { lab stop solo && sleep 3 && is "$(lab list | cut -f5)" off; }
is_gone() { lab down && left >"$work/after" && diff "$work/before" "$work/after"; }

lacks=$("$root/cli/lab" doctor --vm 2>/dev/null | sed -n '/^· no machines/p; /^✗/p')
if [ -n "$lacks" ]; then echo "skip  the machines: $lacks"; echo "0 passed, 0 failed, 1 skipped"; exit 0; fi
lab down 2>/dev/null
mkdir -p "$root/target/lab"; left >"$work/before"
check "up --vm makes a machine that answers by SSH" is_up
check "it has a kernel, a watchdog and modules of its own" is_a_machine
check "a machine that is on gets no other clock" exits 6 lab start solo --clock -30min
check "a time that date does not know is a usage mistake" exits 2 lab start solo --clock soon
check "a power cut loses what was not on the disk, and no more" cut_loses_what_was_not_written
check "its clock is where --clock put it" clock_is_behind
check "setting its clock leaves ours alone" sets_its_clock
check "a reboot from inside comes back with a new boot id" reboots
check "stop shuts it down" stops
check "a plain up brings it back, as a machine" up_brings_it_back
lab down
check "as shipped its memory cgroup is off" as_shipped
check "and on after a reboot, once cmdline.txt says so" reads_its_file_at_a_reboot
check "one that was shut down stays off" stays_off
check "down leaves no bridge, tap, rule, process or file" is_gone
echo "$passed passed, $failed failed, 0 skipped"; [ $failed -eq 0 ]
