# What happened on this host since the epoch's second $since, a line each:
#   boot ID FIRST-SECOND FIRST-UPTIME LAST-SECOND LAST-UPTIME clean|cut|now
#   e SECOND KIND TIMES LAST-SECOND TEXT
# What repeats within ten minutes is one line. Changes nothing.
LC_ALL=C
export LC_ALL
command -v journalctl >/dev/null || { echo 'none journal'; exit 0; }
now=$(date +%s)
here=$(tr -d - </proc/sys/kernel/random/boot_id)

stamp() { sed -n 's/.*"__REALTIME_TIMESTAMP" *: *"\([0-9]*\)[0-9]\{6\}".*/r \1/p; s/.*"__MONOTONIC_TIMESTAMP" *: *"\([0-9]*\)[0-9]\{6\}".*/m \1/p' | sort -r | cut -c3- | tr '\n' ' '; }
json() { timeout 20 journalctl -q --no-pager -o json --output-fields=_BOOT_ID "$@" 2>/dev/null | sed 's/,/\n/g'; }

# Our own note is certain; without it a boot ended in order when systemd said that it did.
ending() { # BOOT
  dashed=$(printf '%s' "$1" | sed 's/\(.\{8\}\)\(.\{4\}\)\(.\{4\}\)\(.\{4\}\)/\1-\2-\3-\4-/')
  if [ "$1" = "$here" ]; then echo now
  elif grep -qs "^$dashed ended " /var/lib/homelab/boots; then echo clean
  elif grep -qs "^$dashed began " /var/lib/homelab/boots; then echo cut
  elif timeout 20 journalctl -q --no-pager -o short -b "$1" -n 100 2>/dev/null |
    grep -qE 'systemd-shutdown\[|systemd\[1\]: Reached target.*(Reboot|Power.?Off|Halt|Shut ?[Dd]own|Final Step)'; then echo clean
  else echo cut
  fi
}

timeout 20 journalctl -q --no-pager --list-boots 2>/dev/null | sed -n 's/^ *-\{0,1\}[0-9][0-9]* *\([0-9a-f]\{32\}\) .*/\1/p' | tail -n 12 |
  while read -r boot; do
    last=$(json -b "$boot" -n 1 | stamp)
    [ "${last%% *}" -ge "$since" ] 2>/dev/null || continue
    first=$(timeout 20 journalctl -q --no-pager -o json -b "$boot" 2>/dev/null | head -n 1 | sed 's/,/\n/g' | stamp)
    echo "boot $boot $first$last$(ending "$boot")"
  done

if [ -r /sys/class/watchdog/watchdog0/bootstatus ]; then
  read -r reset </sys/class/watchdog/watchdog0/bootstatus
  [ "${reset:-0}" = 0 ] || echo "watchdog $reset"
fi

{
  timeout 60 journalctl -q --no-pager -o short-unix --since="@$since" -n 100000 _TRANSPORT=kernel + _SYSTEMD_UNIT=k3s.service + \
    _SYSTEMD_UNIT=k3s-agent.service + _PID=1 + _COMM=systemd-timesyn + _COMM=chronyd + _SYSTEMD_UNIT=homelab-reap.service + \
    _SYSTEMD_UNIT=homelab-live.service 2>/dev/null
  echo whole
} | awk -v now="$now" '
  function sign(line) {
    if (line ~ /[Uu]nder-?voltage detected/) return "power"
    if (line ~ /watchdog[0-9]*: .*did not stop|[Ww]atchdog.*(timeout|expired)/) return "watchdog"
    if (line ~ /Out of memory: Killed process|Memory cgroup out of memory: Killed process/) return "memory"
    if (line ~ /rcu: INFO: rcu_[a-z]* (self-)?detected (expedited )?stall|rcu_[a-z]* kthread (starved|timer)|soft lockup|blocked for more than/) return "stall"
    if (line ~ /Kernel panic|Internal error: Oops|BUG: unable|Unable to handle kernel/) return "panic"
    if (line ~ /I\/O error,|mmc[0-9]: (error|Timeout)|nvme[0-9].*(timeout|controller is down)|USB disconnect/) return "disk"
    if (line ~ /EXT4-fs .*(error|recovery complete|orphan cleanup)|[Rr]emounting filesystem read-only|recovering journal|not properly unmounted/) return "files"
    if (line ~ /nfs: server .* not responding/) return "nfs"
    if (line ~ /System clock was stepped|[Cc]lock .*jumped|Time has been changed|the clock is (not )?set/) return "clock"
    if (line ~ /systemd\[1\]: (Started|Stopped|Failed to start) (k3s(-agent)?\.service|Lightweight Kubernetes)|systemd\[1\]: k3s(-agent)?\.service: (Main process exited|Failed with|Scheduled restart)/) return "k3s"
    if (line ~ /lost leader|elected leader|leaderelection lost|leader changed|etcdserver: no leader/) return "etcd"
    if (line ~ /is reserved for/) return "sandbox"
    if (line ~ /not found in the list of registered CSI drivers/) return "csi"
    if (line ~ /reap\[|live\[/) return "homelab"
    return ""
  }
  # A line of one kind is the same as another when only numbers and ids differ.
  function same(k, text) { gsub(/[0-9a-f]+/, "", text); return k " " substr(text, 1, 40) }
  function secret(text) {
    gsub(/K10[0-9a-f]+::[^ "]*/, "***", text); gsub(/eyJ[A-Za-z0-9._-]+/, "***", text)
    gsub(/([Pp]assword|[Tt]oken|[Ss]ecret)[=:] *[^ ,"]+/, "***", text)
    return text
  }
  $0 == "whole" { whole = 1; next }
  {
    k = sign($0)
    if (k == "") next
    at = int($1); text = $0
    sub(/^[^ ]+ [^ ]+ /, "", text)
    key = same(k, text)
    if (key in last && at - last[key] <= (k ~ /^(k3s|homelab|clock)$/ ? 0 : 600) && at >= begun[key]) { many[key]++; last[key] = at; next }
    if (key in last) out(key)
    if (++kept > 600) next
    begun[key] = last[key] = at; many[key] = 1; what[key] = k; texts[key] = secret(text)
  }
  function out(key) { print "e", begun[key], what[key], many[key], last[key], substr(texts[key], 1, 200); delete last[key] }
  END { for (key in last) out(key); if (kept > 600) print "cut"; if (!whole) print "none journal" }' | tr -c '[:print:]\n' '?'

# Of a server: what the API keeps of pods that were started again, and since when nodes are as they are.
if [ -r /etc/rancher/k3s/k3s.yaml ]; then
  timeout 25 k3s kubectl get pods -A --request-timeout=20s -o 'jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}|{.spec.nodeName}|{range .status.containerStatuses[*]}{.restartCount},{.lastState.terminated.finishedAt},{.lastState.terminated.reason};{end}{"\n"}{end}' 2>/dev/null | sed 's/^/pod /' &&
    timeout 25 k3s kubectl get nodes --request-timeout=20s -o 'jsonpath={range .items[*]}{.metadata.name}|{range .status.conditions[?(@.type=="Ready")]}{.status}|{.lastTransitionTime}{end}{"\n"}{end}' 2>/dev/null | sed 's/^/node /'
fi
echo end
