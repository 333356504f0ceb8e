#!/bin/bash
# Proves the laboratory itself: lab_test.sh. Its labs are its own (test-one, test-two); others on this machine are left alone.
# Takes about a minute with warm caches. Skips, with the reason, where no Docker daemon can be had.
# shellcheck disable=SC2016 # what is in single quotes is for the host to expand
set -uo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d); passed=0; failed=0
ours=(test-one test-two)
trap 'for name in "${ours[@]}"; do "$root/cli/lab" down --name "$name" >/dev/null 2>&1; done; rm -rf "$work"' EXIT

lab() { "$root/cli/lab" "$@"; }
one() { lab "$@" --name test-one; }
on() { local host=$1; shift; lab --name test-one ssh "$host" "$@"; }
check() { # SENTENCE COMMAND...
  local text=$1; shift
  if "$@" >"$work/last" 2>&1 </dev/null; then passed=$((passed + 1)); echo "ok    $text"; else failed=$((failed + 1)); echo "FAIL  $text"; tail -8 "$work/last" | sed 's/^/      /'; fi
}
is() { [ "$1" = "$2" ] || { echo "got  '$1'"; echo "want '$2'"; return 1; }; }
exits() { local want=$1; shift; "$@"; is $? "$want"; }
until_ok() { local end=$((SECONDS + $1)); shift; until "$@" >/dev/null 2>&1; do [ $SECONDS -lt $end ] || { "$@"; return 1; }; sleep 0.3; done; }

# Counters differ from one moment to the next, and other labs come and go meanwhile; all the rest must be the same.
others() { docker network ls --format '{{.ID}} {{.Label "homelab.lab"}}' | awk 'NF == 2 && $2 !~ /^test-(one|two)$/ {print $1}'; }
other_bridges() { echo "br-none"; others | cut -c1-12 | sed 's/^/br-/'; }
without_other_labs() { sed -E '/ (test-(one|two))?$/!d'; }
left() {
  docker ps -a --no-trunc --format '{{.ID}} {{.Label "homelab.lab"}}' | without_other_labs
  docker network ls --no-trunc --format '{{.ID}} {{.Label "homelab.lab"}}' | without_other_labs
  docker volume ls --format '{{.Name}} {{.Label "homelab.lab"}}' | without_other_labs
  iptables-save 2>/dev/null | sed -e '/^#/d' -e 's/\[[0-9:]*\]//' | grep -vFf <(other_bridges)
  ip -o link | grep -o 'br-[0-9a-f]*' | grep -vFf <(other_bridges)
  pgrep -fc 'lab-mirror.*test-(one|two)'
  ls "$root/inventory" "$root/target/lab"
}

hosts_are_up() { lab up --name test-one --nodes jarvis:server,ultron:agent && is "$(one list | cut -f2,3,5 | xargs)" "jarvis server running ultron agent running"; }
second_up_is_quick() { local begin=$SECONDS; one up && [ $((SECONDS - begin)) -le 15 ]; }
pi_is_root_by_sudo() { is "$(on jarvis id -un)" pi && is "$(on jarvis sudo -n id -u)" 0; }
is_like_a_pi() {
  is "$(on jarvis "cat /sys/firmware/devicetree/base/model | tr -d '\\0'")" "Raspberry Pi 5 Model B Rev 1.0" &&
    is "$(on jarvis . /etc/os-release ';' echo '$VERSION_CODENAME')" bookworm && on jarvis "grep -q cgroup_enable=memory /proc/cmdline /boot/firmware/cmdline.txt"
}
services_run() { until_ok 20 is "$(on jarvis systemctl is-system-running)" running && on jarvis sudo ufw status | grep inactive && on jarvis '! command -v k3s'; }
hosts_file_can_be_renamed_over() { on jarvis 'for f in hosts hostname resolv.conf; do sudo cp /etc/$f /etc/$f.new && sudo mv /etc/$f.new /etc/$f || exit 1; done'; }
they_reach_each_other() { on ultron ping -c1 -W2 "$(address jarvis)"; }
address() { one list | awk -F'\t' -v host="$1" '$2 == host {print $4}'; }
identities_differ() { local id; for id in /etc/machine-id /etc/ssh/ssh_host_ed25519_key.pub /proc/sys/kernel/random/boot_id; do [ "$(on jarvis cat $id)" != "$(on ultron cat $id)" ] || return 1; done; }
boot_id() { on ultron cat /proc/sys/kernel/random/boot_id; }
machine_id() { on ultron cat /etc/machine-id; }
kill_and_start() {
  local boot machine; boot=$(boot_id); machine=$(machine_id)
  on ultron 'echo kept | sudo tee /var/lib/rancher/kept /etc/kept' && one kill ultron && is "$(one list | awk -F'\t' '$2 == "ultron" {print $5}')" exited && one start ultron &&
    [ "$(boot_id)" != "$boot" ] && is "$(machine_id)" "$machine" && is "$(on ultron cat /var/lib/rancher/kept /etc/kept | xargs)" "kept kept"
}
reboots() { local boot; boot=$(boot_id); on ultron sudo systemctl reboot; until_ok 30 differs "$boot"; }
differs() { local now; now=$(boot_id) && [ -n "$now" ] && [ "$now" != "$1" ]; }
stays_off() { on ultron sudo systemctl poweroff; until_ok 20 list_says ultron off && sleep 2 && list_says ultron off && one start ultron && list_says ultron running; }
list_says() { one list | grep "	$1	.*	$2$"; }
adds() { one add vision:agent && on vision true && grep -q '^  vision: {address: 10\.77\.[0-9]*\.13, role: agent' "$root/inventory/test-one.yaml"; }
key_is_private() { is "$(stat -c %a "$root/target/lab/test-one/id_ed25519")" 600; }
two_labs() { lab up --name test-two --nodes solo:server && [ "$(lab list --name test-two | cut -f4)" != "$(address jarvis)" ] && lab --name test-two ssh solo true; }
down_of_one_spares_the_other() { lab down --name test-two && list_says jarvis running; }
ufw_filters() { on ultron 'sudo ufw allow from 10.77.0.0/16 to any port 22 proto tcp && sudo ufw --force enable' && ! on jarvis timeout 2 bash -c "'</dev/tcp/$(address ultron)/9100'" && on ultron sudo ufw status | grep -q 'Status: active' && on ultron true; }
on_solo() { lab --name test-two ssh solo "$@"; }
as_shipped() {
  lab up --name test-two --nodes solo:server --as-shipped || return 1
  on_solo 'awk "\$1 == \"memory\" {print \$4}" /proc/cgroups' | grep -qx 0 || on_solo '! grep -q memory /sys/fs/cgroup/cgroup.controllers' || return 1
  on_solo "sudo sed -i 's/\$/ cgroup_enable=memory/' /boot/firmware/cmdline.txt && sudo systemctl reboot"; sleep 3
  until_ok 30 on_solo grep -q ' cgroup_enable=memory' /proc/cmdline
}

mirror_serves() {
  local url file=v1.33.4%2Bk3s1/k3s; url=$(one mirror 2>/dev/null); [ "$(uname -m)" = x86_64 ] || file=$file-arm64
  curl -fsS "$url/$file" | sha256sum | cut -c1-64 | grep -qFf - <(curl -fsS "$url/${file%/*}/sha256sum-amd64.txt" || curl -fsS "$url/${file%/*}/sha256sum-arm64.txt") &&
    is "$(curl -s -o /dev/null -w '%{http_code} %{size_download}' -r 0-99 "$url/$file")" "206 100" && is "$(curl -s -o /dev/null "$url/cut/$file"; echo $?)" 18 &&
    is "$(curl -s -o /dev/null -w '%{http_code}' "$url/down/$file")" 503
}
mirror_is_local() { local port; port=$(cat "$root/target/lab/test-one/mirror.port"); is "$(ss -Hltn "sport = :$port" | awk '{print $4}' | sort | sed 's/:.*//' | xargs)" "$(address jarvis | sed 's/[0-9]*$/1/') 127.0.0.1"; }
mirror_has_helm() {
  local folder name; folder=$(one mirror 2>/dev/null)/helm; name=$(curl -fsS "$folder/" | grep -o 'helm-v[0-9.]*-linux-[a-z0-9]*.tar.gz' | head -1)
  (cd "$work" && curl -fsSO "$folder/$name" && curl -fsS "$folder/$name.sha256sum" | sha256sum -c && tar -xzf "$name" && linux-*/helm version)
}
# A chart as somebody else's would lie there; those of the laboratory itself take minutes to build.
a_chart() {
  mkdir -p "$work/charts/tiny/templates" && printf 'apiVersion: v2\nname: tiny\nversion: 0.1.0\n' >"$work/charts/tiny/Chart.yaml" && printf 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: "{{ .Release.Name }}"}\n' >"$work/charts/tiny/templates/one.yaml" &&
    tar -C "$work/charts" -czf "$work/charts/tiny-0.1.0.tgz" tiny && tar -C "$work/charts" -cf "$work/charts/tiny-0.1.0-images-amd64.tar" tiny
}
no_charts_unasked() { is "$(curl -s -o /dev/null -w '%{http_code}' "$(one mirror 2>/dev/null)/charts/index.yaml")" 404; }
charts_are_a_repository() {
  local url helm=("$work"/linux-*/helm)
  a_chart && HOMELAB_LAB_CHARTS=$work/charts one up && one up && url=$(one mirror 2>/dev/null) && is "$("${helm[0]}" template mine tiny --repo "$url/charts" | grep name:)" 'metadata: {name: "mine"}' &&
    curl -fsS "$url/charts/tiny-0.1.0-images-amd64.tar" | cmp - "$work/charts/tiny-0.1.0-images-amd64.tar" && ! "${helm[0]}" template mine tiny --repo "$url/down/charts"
}
git_holds() { one git push house "$work/house" "${1:-Change}" && is "$(git ls-remote "$(one git url house)" main | cut -f1)" "$(git --git-dir="$root/target/lab/test-one/git/house.git" rev-parse main)"; }
git_serves() { mkdir -p "$work/house" && echo 1 >"$work/house/one" && is "$(one git init house)" "$(one git url house)" && git_holds First && echo 2 >"$work/house/one" && git_holds Second && git clone -q "$(one git url house)" "$work/clone" && is "$(cat "$work/clone/one") $(git -C "$work/clone" rev-list --count HEAD)" "2 2"; }
git_from_a_host() { on ultron curl -fsS "$(one git url house)/info/refs?service=git-upload-pack" | grep -a refs/heads/main; }
git_breaks() { one git break house && refused 503 && one git mend house && git ls-remote "$(one git url house)" && one git stop && refused connect && one up && refused connect && one git start && git ls-remote "$(one git url house)"; }
refused() { ! git ls-remote "$(one git url house)" 2>"$work/refused" && grep "$1" "$work/refused"; }
git_locks() {
  local url; url=$(one git url house)
  echo sesame | one git lock house argo && ! GIT_TERMINAL_PROMPT=0 git ls-remote "$url" && git ls-remote "${url/:\/\//:\/\/argo:sesame@}" && one git unlock house && git ls-remote "$url"
}
git_over_ssh() {
  local url options; ssh-keygen -q -t ed25519 -N '' -f "$work/key" && ssh-keygen -q -t ed25519 -N '' -f "$work/other" && one git ssh house "$work/key.pub" >"$work/ssh" || return 1
  url=$(head -1 "$work/ssh"); tail -1 "$work/ssh" >"$work/known"; options="-F none -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile=$work/known"
  GIT_SSH_COMMAND="ssh $options -i $work/key" git ls-remote "$url" | grep refs/heads/main && ! GIT_SSH_COMMAND="ssh $options -i $work/other" git ls-remote "$url" &&
    ! ssh $options -i "$work/key" -p "$(sed 's/.*:\([0-9]*\).*/\1/' <<<"$url")" "$(sed 's,ssh://\(.*\):.*,\1,' <<<"$url")" id
}
mirror_ends() {
  local state=$root/target/lab/test-one pids; pids=$(cat "$state/mirror.pid" "$state/git.pid" "$state/git-ssh/pid" | xargs)
  is "$(wc -w <<<"$pids")" 3 && lab down --name test-one && until_ok 5 gone $pids
}
gone() { local pid; for pid in "$@"; do ! kill -0 "$pid" || return 1; done; }
not() { ! "$@"; }
without_qemu() { mkdir -p "$work/bin" && find /usr/bin /bin /usr/sbin /sbin -maxdepth 1 ! -name 'qemu-system*' -exec ln -sft "$work/bin" {} + 2>/dev/null; PATH=$work/bin:$(tr : '\n' <<<"$PATH" | grep -vxE '/usr/s?bin/?|/s?bin/?' | paste -sd:) lab "$@"; }
machines_need_qemu() { exits 6 without_qemu up --vm --name test-none && grep -q 'QEMU is missing' "$work/last" && grep -q 'fix .*install.*qemu-system-x86' "$work/last" && [ ! -e "$root/target/lab/test-none" ]; }
doctor_tells_of_machines() { without_qemu doctor >"$work/doctor"; grep '· no machines (--vm): QEMU is missing' "$work/doctor" && ! without_qemu doctor --vm >"$work/doctor" && grep '✗ QEMU' "$work/doctor"; }
nothing_is_left() { left >"$work/after"; diff "$work/before" "$work/after"; }

if ! docker info >/dev/null 2>&1 && { [ "$(id -u)" != 0 ] || ! command -v dockerd >/dev/null; }; then echo "skip  the laboratory: no Docker daemon and none can be started ($(id -un))"; echo "0 passed, 0 failed, 1 skipped"; exit 0; fi
lab artifacts >/dev/null || exit 1
for name in "${ours[@]}"; do lab down --name "$name" 2>/dev/null; done
mkdir -p "$root/target/lab"; left >"$work/before"
check "up makes two hosts that answer by SSH" hosts_are_up
check "a second up takes seconds" second_up_is_quick
check "pi is root by sudo without a password" pi_is_root_by_sudo
check "a host looks like a Pi" is_like_a_pi
check "systemd is running, UFW is off, k3s is not there" services_run
check "/etc/hosts can be replaced by a rename" hosts_file_can_be_renamed_over
check "hosts reach each other" they_reach_each_other
check "hosts have identities of their own" identities_differ
check "kill and start: new boot id, same machine, files kept" kill_and_start
check "a reboot from inside comes back with a new boot id" reboots
check "a host that was powered off stays off until start" stays_off
check "add: one more host, in the inventory too" adds
check "the key is readable by its owner alone" key_is_private
check "UFW filters, and SSH goes on" ufw_filters
check "two labs live side by side" two_labs
check "down of one spares the other" down_of_one_spares_the_other
check "as shipped: memory cgroup off until cmdline.txt says otherwise and a reboot" as_shipped
check "the mirror serves files, sums, ranges and faults" mirror_serves
check "the mirror serves helm as its own site does" mirror_has_helm
check "no charts are served that nobody asked for" no_charts_unasked
check "charts that were asked for are a repository, after a plain up too" charts_are_a_repository
check "an unknown chart is a usage mistake" exits 2 one up --charts=nonsense
check "the mirror listens on the loopback and the bridge alone" mirror_is_local
check "an unknown verb is a usage mistake" exits 2 lab nonsense
check "an unknown host is a usage mistake" exits 2 lab --name test-one ssh nobody
check "a lab that is not there is refused" exits 6 lab add x:agent --name test-none
check "without QEMU no machines, and the reason" machines_need_qemu
check "doctor tells why no machines can be had, and fails only for who asks for them" doctor_tells_of_machines
check "a container cannot lose its power" exits 6 one cut ultron
check "a container has no clock of its own" exits 6 one start ultron --clock -30min
check "a clock is for start alone" exits 2 one stop ultron --clock=-30min
check "a lab of containers gets no machines later" exits 6 one up --vm
lab down --name test-two 2>/dev/null
check "a repository holds what was pushed" git_serves
check "a host reads it" git_from_a_host
check "it breaks, and the server stops, until told otherwise" git_breaks
check "a locked repository asks for its password" git_locks
check "over SSH it lets in the key that was named, to Git alone" git_over_ssh
check "a repository that is not there is a usage mistake" exits 2 one git push nonsense "$work"
check "down ends the mirror and the Git server" mirror_ends
check "down leaves no container, network, volume, rule, process or file" nothing_is_left
echo "$passed passed, $failed failed, 0 skipped"; [ $failed -eq 0 ]
