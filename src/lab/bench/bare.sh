# What a person would script instead of `homelab bootstrap`: the same files and commands on the same hosts, in the same
# order, and nothing looked at beforehand or proved afterwards but that k3s starts and the nodes are Ready. To be sourced
# after measure.sh; wants mirror (the folder of the release's files), servers and agents (addresses, one per line).

bare_bootstrap() {
  local first joining address
  first=$(head -1 <<<"$servers") joining=$(tail -n +2 <<<"$servers")
  bare_token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  for address in $servers $agents; do bare_prepare "$address" & done
  bare_wait_all
  bare_start "$first" k3s "cluster-init: true"
  for address in $joining; do bare_start "$address" k3s "server: https://$first:6443"; done
  for address in $agents; do bare_start "$address" k3s-agent "server: https://$first:6443" & done
  bare_wait_all
  bare_on "$first" "sudo timeout 120 sh -c 'until [ \$(k3s kubectl get nodes --no-headers | grep -cw Ready) = $(wc -w <<<"$servers $agents") ]; do sleep 1; done'"
  bare_on "$first" "sudo cat /etc/rancher/k3s/k3s.yaml" | sed "s/127.0.0.1/$first/" >"$state/bare.kubeconfig"
}

bare_wait_all() {
  local job
  for job in $(jobs -p); do wait "$job" || return 1; done
}
bare_on() { ssh "${ssh_options[@]}" "pi@$1" "$2"; }

# bare_prepare ADDRESS: files, kernel settings and firewall.
bare_prepare() {
  scp -q "${ssh_options[@]}" "$mirror/k3s" "$mirror"/k3s-airgap-images-*.tar "pi@$1:/tmp/"
  {
    echo "set -e; lan=$lan; nodes='$servers $agents'; servers='$servers'"
    cat <<'S'
install -m 755 /tmp/k3s /usr/local/bin/k3s
mkdir -p /var/lib/rancher/k3s/agent/images /etc/rancher/k3s
mv /tmp/k3s-airgap-images-*.tar /var/lib/rancher/k3s/agent/images/
for link in kubectl crictl ctr; do ln -sf k3s /usr/local/bin/$link; done
printf 'br_netfilter\noverlay\nvxlan\n' >/etc/modules-load.d/k3s.conf
modprobe -a br_netfilter overlay vxlan || :
cat >/etc/sysctl.d/90-k3s.conf <<'K'
net.ipv4.ip_forward = 1
net.bridge.bridge-nf-call-iptables = 1
net.bridge.bridge-nf-call-ip6tables = 1
fs.inotify.max_user_instances = 1024
fs.inotify.max_user_watches = 524288
K
sysctl -q -p /etc/sysctl.d/90-k3s.conf || :
ufw allow from "$lan" to any port 22 proto tcp >/dev/null
ufw allow from "$lan" to any port 6443 proto tcp >/dev/null
for node in $nodes; do
  ufw allow from "$node" to any port 10250 proto tcp >/dev/null
  ufw allow from "$node" to any port 8472 proto udp >/dev/null
done
for node in $servers; do ufw allow from "$node" to any port 2379:2380 proto tcp >/dev/null; done
ufw allow from 10.42.0.0/16 >/dev/null
ufw allow from 10.43.0.0/16 >/dev/null
ufw --force enable >/dev/null
S
  } | ssh "${ssh_options[@]}" "pi@$1" "sudo bash -s"
}

# bare_start ADDRESS UNIT LINE: its settings, its unit, and wait until systemd counts it as started.
bare_start() {
  local kind=server
  [ "$2" = k3s ] || kind=agent
  {
    echo "set -e; ip=$1 unit=$2 line='$3' token=$bare_token kind=$kind"
    cat <<'S'
umask 077
{ echo "node-ip: $ip"; echo "token: $token"; echo "$line"; [ $kind = agent ] || echo "secrets-encryption: true"; } >/etc/rancher/k3s/config.yaml
cat >/etc/systemd/system/$unit.service <<K
[Unit]
Wants=network-online.target
After=network-online.target
[Install]
WantedBy=multi-user.target
[Service]
Type=notify
KillMode=process
Delegate=yes
LimitNOFILE=1048576
LimitNPROC=infinity
TasksMax=infinity
TimeoutStartSec=0
Restart=always
RestartSec=5s
ExecStart=/usr/local/bin/k3s $kind
K
systemctl daemon-reload
systemctl enable -q --now $unit
S
  } | ssh "${ssh_options[@]}" "pi@$1" "sudo bash -s"
}
