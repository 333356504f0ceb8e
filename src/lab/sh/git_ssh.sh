# The repositories of a lab over SSH: OpenSSH's sshd of this machine on the lab's bridge, with a host key of its own. Who
# has a key that was let in gets git-shell and nothing else. It ends by itself when the state folder goes.

git_ssh_runs() {
  local pid; pid=$(cat "$state/git-ssh/pid" 2>/dev/null) && grep -qa sshd "/proc/$pid/cmdline" 2>/dev/null
}
git_ssh_port() { cat "$state/git-ssh/port"; }
git_ssh_url() { echo "ssh://$(id -un)@$(gateway):$(git_ssh_port)/$1.git"; }
git_ssh_host_key() { echo "[$(gateway)]:$(git_ssh_port) $(cut -d' ' -f1,2 "$state/git-ssh/host.pub")"; }

git_ssh_up() {
  local folder=$state/git-ssh sshd
  if git_ssh_runs; then return; fi
  sshd=$(PATH=$PATH:/usr/sbin command -v sshd) || problem 1 "there is no sshd on this machine" "repositories over SSH are served by OpenSSH's" "apt-get install openssh-server"
  mkdir -p "$folder" /run/sshd
  if [ ! -e "$folder/host" ]; then ssh-keygen -q -t ed25519 -N '' -f "$folder/host"; fi
  if [ ! -e "$folder/port" ]; then free_port >"$folder/port"; fi
  touch "$folder/keys"
  git_ssh_shell >"$folder/shell"; chmod 755 "$folder/shell"
  git_ssh_config >"$folder/config"
  "$sshd" -f "$folder/config" -E "$folder/log"
  until_ok 5 git_ssh_runs || problem 1 "the sshd of the repositories did not start" "$(tail -1 "$folder/log")" "cli/lab git ssh NAME KEY.pub$(name_flag)"
  # shellcheck disable=SC2016 # the inner shell expands its own words
  setsid nohup bash -c 'while [ "$(cat "$0/pid" 2>/dev/null)" = "$1" ]; do sleep 2; done; kill "$1"' "$folder" "$(cat "$folder/pid")" >/dev/null 2>&1 </dev/null &
  disown
}
git_ssh_down() {
  if git_ssh_runs; then kill "$(cat "$state/git-ssh/pid")" || true; fi
  rm -f "$state/git-ssh/pid"
}

git_ssh_config() {
  cat <<C
Port $(cat "$state/git-ssh/port")
ListenAddress $(gateway)
HostKey "$state/git-ssh/host"
PidFile "$state/git-ssh/pid"
AuthorizedKeysFile "$state/git-ssh/keys"
AuthenticationMethods publickey
PermitRootLogin forced-commands-only
StrictModes no
UsePAM no
LogLevel VERBOSE
C
}
# A path begins at the repositories, as with a host of Git; to git-shell it would be one of this machine.
git_ssh_shell() {
  cat <<S
#!/bin/bash
cd '$state/git' && exec git-shell -c "\${SSH_ORIGINAL_COMMAND/\\'\\//\\'}"
S
}

git_ssh() { # REPOSITORY KEY.pub
  local key
  [ -r "${2:-}" ] || problem 2 "whose key may pass?" "'${2:-}' is no file with a public key" "cli/lab git ssh $1 KEY.pub$(name_flag)"
  key=$(grep -m1 -E '^(ssh|ecdsa)-' "$2") || problem 2 "'$2' holds no public key" "the public half ends in .pub" "cli/lab git ssh $1 KEY.pub$(name_flag)"
  git_ssh_up
  grep -qsF "$key" "$state/git-ssh/keys" || echo "restrict,command=\"'$state/git-ssh/shell'\" $key" >>"$state/git-ssh/keys"
  git_ssh_url "$1"
  git_ssh_host_key
}
