# Completes homelab's commands and options in bash: source it from ~/.bashrc. Held to --help by CompletionTest.

_homelab_options() { # COMMAND
  local common='--inventory --output --verbose --help'
  case $1 in
    '') echo '--help --version' ;;
    plan) echo "$common --exit-code --only" ;;
    bootstrap) echo "$common --dry-run --found-new-cluster --only --yes" ;;
    join-node) echo "$common --dry-run --found-new-cluster --yes" ;;
    addons) echo "$common --adopt --exit-code --found-new-cluster --yes" ;;
    storage) echo "$common --backup --exit-code" ;;
    gitops) echo "$common --all --exit-code --for --no-git --reason" ;;
    status) echo "$common --all --exit-code --watch" ;;
    doctor) echo "$common --all --baseline --every --fail-on --fix --from-snapshot --group --node --only --remove --save --since --skip --textfile --watch --yes" ;;
    recover-sandboxes) echo "$common --dry-run --include-completed --node --offline --rerun --yes" ;;
    harden) echo "$common --dry-run --exit-code --node --yes" ;;
    incident) echo "$common --since" ;;
    recover) echo "$common --dry-run --gate --watch --yes" ;;
    kubeconfig) echo "$common --dry-run --replace-context" ;;
    reset) echo "$common --all --cluster --cluster-is-gone --dry-run" ;;
    *) echo "$common" ;;
  esac
}

_homelab() {
  local commands='validate facts plan bootstrap join-node addons gitops storage status doctor recover-sandboxes harden incident recover kubeconfig reset runs'
  local phases='host harden firewall artifacts founding config server agents nodes kubeconfig verify bundled addons'
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=''
  if [ "$COMP_CWORD" -gt 1 ]; then command=${COMP_WORDS[1]}; fi
  COMPREPLY=()
  case $before in
    -i | --inventory) mapfile -t COMPREPLY < <(compgen -f -- "$word"); compopt -o filenames 2>/dev/null; return ;;
    -o | --output) mapfile -t COMPREPLY < <(compgen -W 'text json' -- "$word"); return ;;
    --only) mapfile -t COMPREPLY < <(compgen -W "$phases" -- "$word"); return ;;
  esac
  case $command$word in
    "$command"-*) mapfile -t COMPREPLY < <(compgen -W "$(_homelab_options "$command")" -- "$word") ;;
    *) if [ -z "$command" ]; then mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word"); fi ;;
  esac
}
complete -F _homelab homelab cli/homelab
