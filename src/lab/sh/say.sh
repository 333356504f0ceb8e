# How the laboratory speaks: results on stdout, progress and failures on stderr, every long step with its time.

say() { printf '%s\n' "$*" >&2; }

# problem EXIT WHAT WHY FIX: ends the run with what went wrong, why, and what mends it.
problem() {
  local code=$1
  printf '✗ %s\n    why  %s\n    fix  %s\n' "$2" "$3" "$4" >&2
  exit "$code"
}

duration() { # SECONDS
  if [ "$1" -lt 60 ]; then printf '%d s' "$1"; else printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); fi
}

# long TEXT LOG COMMAND...: runs a command with its output in LOG; shows that it lives and how long it took.
long() {
  local text=$1 log=$2 begin=$SECONDS code=0 child; shift 2
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 &
  child=$!
  show_life "$text" "$begin" "$log" "$child"
  wait "$child" || code=$?
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
  if [ $code -ne 0 ]; then
    tail -15 "$log" | sed 's/^/    | /' >&2
    problem 1 "$text failed" "exit code $code after $(duration $((SECONDS - begin))); the last lines are above" "read $log"
  fi
  say "✓ $text  ($(duration $((SECONDS - begin))))"
}

show_life() { # TEXT BEGIN LOG PID
  local told=$2 width=80
  if [ -t 2 ]; then width=$(stty size <&2 2>/dev/null | cut -d' ' -f2); else say "· $1 …"; fi
  while kill -0 "$4" 2>/dev/null; do
    if [ -t 2 ]; then
      # One line at most: what is wrapped cannot be taken back.
      printf '\r\033[K%.*s' "$((width - 1))" "· $1  $(duration $((SECONDS - $2)))  $(tail -1 "$3" 2>/dev/null | tr -cd '[:print:]')" >&2
    elif [ $((SECONDS - told)) -ge 30 ]; then
      told=$SECONDS
      say "· $1 … $(duration $((SECONDS - $2)))"
    fi
    sleep 0.2
  done
}

# until_ok SECONDS COMMAND...: tries until it succeeds or the time is over.
until_ok() {
  local end=$((SECONDS + $1)); shift
  until "$@" >/dev/null 2>&1; do
    if [ $SECONDS -ge $end ]; then return 1; fi
    sleep 0.2
  done
}
