# Completes homelab's commands, options and nodes in bash: source it from ~/.bashrc. Written by `homelab completion bash`.

_homelab_options() { # COMMAND
  case $1 in
    init) echo '--cluster --from --help --hosts --inventory --key --known-hosts --output --user --verbose' ;;
    validate) echo '--help --inventory --output --verbose' ;;
    facts) echo '--help --inventory --output --verbose' ;;
    plan) echo '--adopt --exit-code --help --inventory --only --output --verbose' ;;
    bootstrap) echo '--adopt --dry-run --found-new-cluster --help --identity --inventory --only --output --restore --verbose --yes' ;;
    join-node) echo '--dry-run --found-new-cluster --help --inventory --output --verbose --yes' ;;
    remove-node) echo '--dead --dry-run --even-servers --force --help --inventory --keep-host --lose-data --output --timeout --verbose --yes' ;;
    promote) echo '--dry-run --force --help --inventory --lose-data --output --timeout --to-etcd --verbose --yes' ;;
    demote) echo '--dry-run --force --help --inventory --lose-data --output --timeout --verbose --yes' ;;
    addons) echo '--adopt --exit-code --found-new-cluster --help --inventory --output --verbose --yes' ;;
    gitops) echo '--all --exit-code --for --help --inventory --no-git --output --reason --verbose' ;;
    storage) echo '--backup --exit-code --help --inventory --output --verbose' ;;
    status) echo '--all --exit-code --help --inventory --output --verbose --watch' ;;
    doctor) echo '--all --baseline --every --fail-on --fix --from-snapshot --group --help --inventory --node --only --output --remove --save --since --skip --textfile --verbose --watch --yes' ;;
    recover-sandboxes) echo '--dry-run --help --include-completed --inventory --node --offline --output --rerun --verbose --yes' ;;
    harden) echo '--dry-run --exit-code --help --inventory --node --output --verbose --yes' ;;
    firewall) echo '--dry-run --exit-code --help --inventory --node --output --verbose --yes' ;;
    incident) echo '--help --inventory --output --since --verbose' ;;
    recover) echo '--dry-run --gate --help --inventory --output --verbose --watch --yes' ;;
    kubeconfig) echo '--dry-run --help --inventory --output --replace-context --verbose' ;;
    artifacts) echo '--arch --days --help --inventory --output --verbose --yes' ;;
    snapshot) echo '--cluster --dry-run --every --from --help --identity --inventory --node --output --recipient --to --verbose' ;;
    backup) echo '--as --copy --dry-run --help --inventory --node --output --size --verbose --yes' ;;
    upgrade) echo '--channel --dry-run --help --inventory --max-unavailable --no-drain --os --output --plans --timeout --to --verbose --yes' ;;
    reboot) echo '--all --dry-run --help --if-required --inventory --max-unavailable --no-drain --output --timeout --verbose --window --yes' ;;
    token) echo '--dry-run --help --inventory --output --reveal --verbose --yes' ;;
    secrets-encryption) echo '--dry-run --help --inventory --output --verbose --yes' ;;
    certs) echo '--dry-run --force --help --inventory --output --verbose --yes' ;;
    shutdown) echo '--all --dry-run --help --inventory --no-drain --output --verbose --yes' ;;
    reset) echo '--all --cluster --cluster-is-gone --dry-run --help --inventory --output --verbose' ;;
    runs) echo '--help --inventory --output --verbose' ;;
    completion) echo '--help --inventory --output --verbose' ;;
    *) echo '--help --version' ;;
  esac
}

_homelab_nodes() { # INVENTORY
  if [ -r "$1" ]; then awk '/^nodes:/ { on = 1; next } on && /^[^ #]/ { exit } on && match($0, /^ +[a-z0-9][a-z0-9.-]*:/) { s = $0; sub(/[^ ].*/, "", s); if (!w) w = length(s); if (length(s) == w) { sub(/^ +/, ""); sub(/:.*/, ""); print } }' "$1"; fi
}

_homelab_values() { # COMMAND INVENTORY
  case $1 in
    join-node) _homelab_nodes "$2" ;;
    remove-node) _homelab_nodes "$2" ;;
    addons) echo 'list plan apply'; ;;
    gitops) echo 'status drift diff pause resume password'; ;;
    storage) echo 'status test'; ;;
    doctor) echo 'check list explain timer'; ;;
    harden) echo 'show plan apply undo'; ;;
    firewall) echo 'show plan apply rollback'; ;;
    artifacts) echo 'list pull verify bundle import prune'; ;;
    snapshot) echo 'list save check pull push delete restore drill'; ;;
    backup) echo 'plan run list restore drill'; ;;
    upgrade) _homelab_nodes "$2" ;;
    reboot) _homelab_nodes "$2" ;;
    token) echo 'show rotate'; ;;
    secrets-encryption) echo 'status enable rotate'; ;;
    certs) echo 'show renew'; _homelab_nodes "$2" ;;
    shutdown) _homelab_nodes "$2" ;;
    reset) _homelab_nodes "$2" ;;
    completion) echo 'bash zsh fish'; ;;
  esac
}

_homelab() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' i
  local inventory=${HOMELAB_INVENTORY:-inventory.yaml}
  if [ "$COMP_CWORD" -gt 1 ]; then command=${COMP_WORDS[1]}; fi
  for ((i = 2; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in -i | --inventory) inventory=${COMP_WORDS[i + 1]} ;; esac
  done
  COMPREPLY=()
  case $before in
    -i | --inventory) mapfile -t COMPREPLY < <(compgen -f -- "$word"); compopt -o filenames 2>/dev/null; return ;;
    -o | --output) mapfile -t COMPREPLY < <(compgen -W 'text json' -- "$word"); return ;;
    --only) mapfile -t COMPREPLY < <(compgen -W 'host harden firewall artifacts founding config server agents nodes kubeconfig verify bundled addons' -- "$word"); return ;;
    --node) mapfile -t COMPREPLY < <(compgen -W "$(_homelab_nodes "$inventory")" -- "$word"); return ;;
  esac
  case $command$word in
    "$command"-*) mapfile -t COMPREPLY < <(compgen -W "$(_homelab_options "$command")" -- "$word") ;;
    *)
      if [ -z "$command" ]; then mapfile -t COMPREPLY < <(compgen -W 'init validate facts plan bootstrap join-node remove-node promote demote addons gitops storage status doctor recover-sandboxes harden firewall incident recover kubeconfig artifacts snapshot backup upgrade reboot token secrets-encryption certs shutdown reset runs completion' -- "$word")
      else mapfile -t COMPREPLY < <(compgen -W "$(_homelab_values "$command" "$inventory")" -- "$word"); fi ;;
  esac
}
complete -o default -F _homelab homelab cli/homelab
