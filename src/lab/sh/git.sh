# Git repositories of a lab, served over HTTP by a second process of the mirror's program: http://BRIDGE:PORT/NAME.git,
# reachable from here, from the hosts and from pods. They live in the lab's state folder and go with it.

git_runs() {
  local pid; pid=$(cat "$state/git.pid" 2>/dev/null) && grep -q lab-mirror "/proc/$pid/cmdline" 2>/dev/null
}
git_url() { echo "http://$(gateway):$(cat "$state/git.port")/$1.git"; }

git_up() {
  build_mirror
  mkdir -p "$state/git"
  if git_runs; then return; fi
  if [ ! -e "$state/git.port" ]; then free_port >"$state/git.port"; fi
  setsid nohup "$(mirror_binary)" -git -root "$state/git" -pid "$state/git.pid" -listen "$(gateway):$(cat "$state/git.port")" >>"$state/git.log" 2>&1 </dev/null &
  disown
  until_ok 5 git_runs || problem 1 "the Git server did not start" "$(tail -1 "$state/git.log")" "cli/lab git start$(name_flag)"
}
# It waits, so that a start right after finds the port free.
git_down() {
  if git_runs; then kill "$(cat "$state/git.pid")" && until_ok 5 git_ended || true; fi
  rm -f "$state/git.pid"
}
git_ended() { ! git_runs; }
git_up_again() { if [ -d "$state/git" ] && [ ! -e "$state/git/stopped" ]; then git_up; fi; }

git_name_needed() { # REPOSITORY
  [[ ${1:-} =~ ^[a-z0-9][a-z0-9-]*$ ]] || problem 2 "'${1:-}' is no name for a repository" "small letters, digits and dashes" "cli/lab git init house$(name_flag)"
}
git_needed() { # REPOSITORY
  git_name_needed "${1:-}"
  [ -d "$state/git/$1.git" ] || problem 2 "there is no repository $1 in the lab \"$lab\"" "its repositories are: $(cd "$state/git" 2>/dev/null && printf '%s\n' *.git | sed 's/\.git$//' | xargs)" "cli/lab git init $1$(name_flag)"
}

# Who pushes to it by git itself may, so that tools which write can be tried too.
git_init() { # REPOSITORY
  local bare=$state/git/$1.git
  if [ -d "$bare" ]; then return; fi
  git init -q --bare -b main "$bare"
  git --git-dir="$bare" config http.receivepack true
}

# The branch main becomes what the folder holds, in one more commit.
git_push() { # REPOSITORY FOLDER [MESSAGE]
  local bare=$state/git/$1.git folder=${2:-}
  [ -d "$folder" ] || problem 2 "'$folder' is no folder" "what it holds becomes the repository" "cli/lab git push $1 FOLDER$(name_flag)"
  folder=$(cd "$folder" && pwd)
  git_in "$bare" "$folder" add -A .
  git_in "$bare" "$folder" commit -q --allow-empty -m "${3:-Change}"
  git --git-dir="$bare" rev-parse main
}
git_in() { # BARE FOLDER COMMAND...
  local bare=$1 folder=$2; shift 2
  git -c core.bare=false -c user.name=lab -c user.email=lab@localhost --git-dir="$bare" --work-tree="$folder" "$@"
}

# The password comes on standard input: an argument could be read by everybody on this machine.
git_lock() { # REPOSITORY USER
  local password
  [ -n "${2:-}" ] || problem 2 "who may pass?" "the name of a user is missing" "cli/lab git lock $1 USER$(name_flag) <PASSWORD-FILE"
  read -r password || [ -n "$password" ] || problem 2 "no password came on standard input" "its first line is the password" "cli/lab git lock $1 $2$(name_flag) <PASSWORD-FILE"
  (umask 077 && printf '%s:%s\n' "$2" "$password" >"$state/git/$1.git/lab-access")
}

lab_git() { # WHAT [REPOSITORY...]
  local what=${1:-} repository=${2:-}
  lab_needed
  case $what in
    start) git_up; rm -f "$state/git/stopped" ;;
    stop) mkdir -p "$state/git"; touch "$state/git/stopped"; git_down ;;
    init) git_name_needed "$repository"; git_up; rm -f "$state/git/stopped"; git_init "$repository"; git_url "$repository" ;;
    url | push | ssh | break | mend | lock | unlock)
      git_needed "$repository"
      shift 2; git_done "$what" "$repository" "$@" ;;
    *) problem 2 "what about Git?" "cli/lab git knows init, push, url, ssh, stop, start, break, mend, lock, unlock" "cli/lab --help" ;;
  esac
}
git_done() { # WHAT REPOSITORY [ARGUMENT...]
  local what=$1 repository=$2; shift 2
  case $what in
    url) git_url "$repository" ;;
    push) git_push "$repository" "$@" ;;
    ssh) git_ssh "$repository" "$@" ;;
    break) touch "$state/git/$repository.git/lab-broken" ;;
    mend) rm -f "$state/git/$repository.git/lab-broken" ;;
    lock) git_lock "$repository" "$@" ;;
    unlock) rm -f "$state/git/$repository.git/lab-access" ;;
  esac
}
