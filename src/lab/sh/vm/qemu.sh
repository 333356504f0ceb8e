# Power: a machine runs as long as its QEMU does. What its kernel gave to the disk is kept by this machine's memory, whether or not
# QEMU waits for it (cache=unsafe does not), and what it had not yet given is lost.

# By KVM where a guest really starts by it: there are machines on which it opens, and the guest stands still for ever.
accelerator() {
  local known; known=$cache/accel-$(uname -r)
  if [ -n "${HOMELAB_LAB_ACCEL:-}" ]; then echo "$HOMELAB_LAB_ACCEL"; return; fi
  if [ ! -e "$known" ]; then if kvm_boots; then echo kvm >"$known"; else echo tcg >"$known"; fi; fi
  cat "$known"
}
kvm_boots() {
  [ -w /dev/kvm ] || return 1
  timeout 20 qemu-system-x86_64 -accel kvm -cpu host -m 256 -nodefaults -display none -monitor none -serial stdio -no-reboot \
    -kernel "$(machine_folder)/vmlinuz" -initrd "$(machine_folder)/initrd.img" -append "console=ttyS0 panic=-1 root=/dev/none" </dev/null 2>/dev/null | grep -qa "Run /init"
}
qemu_cpu() { if [ "$(accelerator)" = kvm ]; then echo "-accel kvm -cpu host"; else echo "-accel tcg,thread=multi,tb-size=512 -cpu max,la57=off"; fi; }
qemu_memory() { if [ "$1" = server ]; then echo 2048; else echo 1536; fi; }

# What the firmware of a Pi does: the arguments are those of cmdline.txt. Its console and root are this machine's. Debian's
# kernel does not know cgroup_enable, by which a Pi's takes back what its firmware says: here the firmware does not say it then.
kernel_arguments() { # DISK
  local own; own=$(debugfs -R 'cat /boot/firmware/cmdline.txt' "$1" 2>/dev/null | head -1 | tr ' ' '\n' | grep -vE '^(console|root|rootfstype)=' | xargs)
  case " $own " in *' cgroup_enable=memory '*) ;; *) own="cgroup_disable=memory $own" ;; esac
  echo "root=/dev/vda rw console=ttyS0 net.ifnames=0 mitigations=off panic=10 $own"
}

machine_on() { # NODE CLOCK
  local folder; folder=$(machine "$1")
  echo "$$.$RANDOM" >"$folder/plugged"
  tap_up "$1"
  qemu_begun "$1" "$2"
  if [ -e "$folder/shipped" ]; then firmware "$1" & fi
}

# QEMU starts its kernel anew with the arguments that it was given once. A machine as shipped ends at a reboot instead, and is
# given what cmdline.txt says by then.
firmware() { # NODE
  local folder pid plugged; folder=$(machine "$1"); plugged=$(cat "$folder/plugged")
  exec </dev/null >>"$folder/firmware.log" 2>&1
  while pid=$(machine_pid "$1"); do
    tail --pid="$pid" -f /dev/null
    if [ "$(cat "$folder/plugged" 2>/dev/null)" != "$plugged" ] || tail -c 400 "$folder/console.log" | grep -qa 'reboot: Power down'; then return; fi
    qemu_begun "$1" now
  done
}

qemu_begun() { # NODE CLOCK
  local folder address; folder=$(machine "$1"); address=$(cat "$folder/address")
  # shellcheck disable=SC2046 # words on purpose
  qemu-system-x86_64 -name "$(qemu_name "$1")" $(qemu_cpu) -smp 2 -m "$(qemu_memory "$(cat "$folder/role")")" -nodefaults -display none -monitor none \
    -daemonize -pidfile "$folder/pid" -chardev "file,id=console,path=$folder/console.log,append=on" -serial chardev:console \
    -kernel "$(machine_folder)/vmlinuz" -initrd "$(machine_folder)/initrd.img" -append "$(kernel_arguments "$folder/disk.img")" \
    -drive "file=$folder/disk.img,format=raw,if=virtio,cache=unsafe,discard=unmap" -device virtio-rng-pci -device i6300esb \
    -netdev "tap,id=lan,ifname=$(tap_name "$1"),script=no,downscript=no" -device "virtio-net-pci,netdev=lan,mac=52:54:00:$(link_hash | sed 's/../&:/g' | cut -c1-6)$(printf %02x "${address##*.}")" \
    -rtc "base=$(date -u -d "$2" +%FT%T)" $(if [ -e "$folder/shipped" ]; then echo -no-reboot; fi) 2>"$folder/qemu.log" || problem 1 "$1 does not start" "$(tail -1 "$folder/qemu.log")" "read $folder/qemu.log"
}
host_wake() { if is_machine "$1"; then machine_on "$1" "${2:-now}"; else container_host_wake "$1"; fi; }

power_off() { # NODE: as if the plug were pulled
  local pid; pid=$(machine_pid "$1") || return 0
  rm -f "$(machine "$1")/plugged"
  kill -9 "$pid"
  until_ok 10 host_is_off "$1"
}

machines_gone() {
  local pid name
  rm -f "$state"/vm/*/plugged
  for pid in $(pgrep -x qemu-system-x86 || true); do
    name=$(tr '\0' '\n' <"/proc/$pid/cmdline" | grep -A1 -x -- -name | tail -1)
    if [[ $name = homelab-$lab-* ]] && ours_by_tap "$pid"; then kill -9 "$pid"; until_ok 10 test ! -e "/proc/$pid" || true; fi
  done
  network_gone
  rm -rf "$state/vm"
}
# The lab "a" has no machine of the lab "a-b".
ours_by_tap() { tr '\0' '\n' <"/proc/$1/cmdline" | grep -q "ifname=hlt$(link_hash)-"; }
