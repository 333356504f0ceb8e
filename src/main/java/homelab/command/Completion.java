package homelab.command;

import java.util.List;
import java.util.stream.Collectors;

/** What is offered, in the words of each shell. */
record Completion(List<Offer> offers) {

    /** The keys one step below {@code nodes:}, whatever the step is. No YAML parser starts in the time of a key press. */
    private static final String NODES =
            "awk '/^nodes:/ { on = 1; next } on && /^[^ #]/ { exit } on && match($0, /^ +[a-z0-9][a-z0-9.-]*:/) "
                    + "{ s = $0; sub(/[^ ].*/, \"\", s); if (!w) w = length(s); "
                    + "if (length(s) == w) { sub(/^ +/, \"\"); sub(/:.*/, \"\"); print } }'";

    String of(CompletionCommand.Shell shell) {
        return switch (shell) {
            case bash -> bash();
            case zsh -> zsh();
            case fish -> fish();
        };
    }

    private String verbs() {
        return offers.stream().map(Offer::verb).collect(Collectors.joining(" "));
    }

    private static String phases() {
        return String.join(" ", Order.names());
    }

    /** Cases of sh by verb; bash and zsh read them alike. */
    private String options() {
        return offers.stream()
                .map(offer -> "    " + offer.verb() + ") echo '"
                        + String.join(" ", offer.options().keySet()) + "' ;;\n")
                .collect(Collectors.joining());
    }

    private String values() {
        return offers.stream()
                .filter(offer -> offer.nodes() || !offer.words().isEmpty())
                .map(offer -> "    " + offer.verb() + ") "
                        + (offer.words().isEmpty() ? "" : "echo '" + String.join(" ", offer.words()) + "'; ")
                        + (offer.nodes() ? "_homelab_nodes \"$2\" " : "") + ";;\n")
                .collect(Collectors.joining());
    }

    private String common() {
        return """
                _homelab_options() { # COMMAND
                  case $1 in
                %s    *) echo '--help --version' ;;
                  esac
                }

                _homelab_nodes() { # INVENTORY
                  if [ -r "$1" ]; then %s "$1"; fi
                }

                _homelab_values() { # COMMAND INVENTORY
                  case $1 in
                %s  esac
                }
                """.formatted(options(), NODES, values());
    }

    private String bash() {
        return """
                # Completes homelab's commands, options and nodes in bash: source it from ~/.bashrc. Written by `homelab completion bash`.

                %s
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
                    --only) mapfile -t COMPREPLY < <(compgen -W '%s' -- "$word"); return ;;
                    --node) mapfile -t COMPREPLY < <(compgen -W "$(_homelab_nodes "$inventory")" -- "$word"); return ;;
                  esac
                  case $command$word in
                    "$command"-*) mapfile -t COMPREPLY < <(compgen -W "$(_homelab_options "$command")" -- "$word") ;;
                    *)
                      if [ -z "$command" ]; then mapfile -t COMPREPLY < <(compgen -W '%s' -- "$word")
                      else mapfile -t COMPREPLY < <(compgen -W "$(_homelab_values "$command" "$inventory")" -- "$word"); fi ;;
                  esac
                }
                complete -o default -F _homelab homelab cli/homelab
                """.formatted(common(), phases(), verbs());
    }

    private String zsh() {
        return """
                #compdef homelab
                # Completes homelab's commands, options and nodes in zsh: source it below compinit. Written by `homelab completion zsh`.

                %s
                _homelab() {
                  local command='' before=${words[CURRENT-1]} inventory=${HOMELAB_INVENTORY:-inventory.yaml} i
                  for ((i = 2; i < CURRENT; i++)); do
                    case ${words[i]} in -i|--inventory) inventory=${words[i+1]} ;; esac
                  done
                  if ((CURRENT > 2)); then command=${words[2]}; fi
                  case $before in
                    -i|--inventory) _files; return ;;
                    -o|--output) compadd -- text json; return ;;
                    --only) compadd -- %s; return ;;
                    --node) compadd -- ${(f)"$(_homelab_nodes "$inventory")"}; return ;;
                  esac
                  if [[ ${words[CURRENT]} == -* ]]; then compadd -- ${=$(_homelab_options "$command")}
                  elif [[ -z $command ]]; then compadd -- %s
                  else compadd -- ${=$(_homelab_values "$command" "$inventory")}; _files; fi
                }
                compdef _homelab homelab cli/homelab
                """.formatted(common(), phases(), verbs());
    }

    private String fish() {
        StringBuilder text = new StringBuilder("""
                # Completes homelab's commands, options and nodes in fish. Written by `homelab completion fish`.

                function __homelab_nodes
                    set -l file inventory.yaml
                    set -q HOMELAB_INVENTORY; and set file $HOMELAB_INVENTORY
                    set -l words (commandline -opc)
                    for i in (seq (count $words))
                        if contains -- $words[$i] -i --inventory; and test $i -lt (count $words)
                            set file $words[(math $i + 1)]
                        end
                    end
                    if test -r $file
                        %s $file
                    end
                end

                complete -c homelab -f
                """.formatted(NODES));
        offers.forEach(offer -> fish(text, offer));
        return text.toString();
    }

    private static void fish(StringBuilder text, Offer offer) {
        text.append("complete -c homelab -n __fish_use_subcommand -a " + offer.verb() + " -d '"
                + offer.summary().replace("'", "\\'") + "'\n");
        String on = "complete -c homelab -n '__fish_seen_subcommand_from " + offer.verb() + "'";
        if (!offer.words().isEmpty()) {
            text.append(on + " -a '" + String.join(" ", offer.words()) + "'\n");
        }
        if (offer.nodes()) {
            text.append(on + " -a '(__homelab_nodes)'\n");
        }
        offer.options()
                .forEach((name, label) -> text.append(on + " -l " + name.substring(2) + value(name, label) + "\n"));
    }

    private static String value(String name, String label) {
        if (name.equals("--inventory")) {
            return " -s i -rF";
        }
        return switch (label) {
            case "" -> "";
            case "NODE" -> " -xa '(__homelab_nodes)'";
            case "FORMAT" -> " -s o -xa 'text json'";
            case "PHASE" -> " -xa '" + phases() + "'";
            default -> " -r";
        };
    }
}
