# What the scripts beside it share: a system of its own on free ports in a folder that goes, and a transcript of what is typed and
# answered. Source it, then write the function story, and call tell "$@"; --write makes the transcript infra/docs/NAME.md.
me=$(basename "$0")
repository=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
export SLIPWAY_HOME=$work/home PATH=$repository:$PATH
export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.test GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.test
started=
front=0
users=

end() {
  no_users
  [ -z "$started" ] || slipway down --yes >/dev/null 2>&1 || true
  chmod -R u+w "$work" && rm -rf "$work"
}
trap end EXIT

needs() { # PROGRAM...
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || { echo "$me: install $program first" >&2; exit 2; }
  done
}

# What stands in a transcript: neither a path of this machine nor a port that is another one each time.
public() {
  sed -E -e "s#$work/home#~/.slipway#g; s#$work#~#g; s#$repository#~/slipway#g" \
    -e "s#localhost:$front#localhost:8000#g; s#127\.0\.0\.1:[0-9]+#127.0.0.1:PORT#g" -e 's/\x1b\[[0-9;]*[A-Za-z]//g'
}

prose() { printf '\n%s\n' "$*"; }
types() { # what somebody types, and what is answered
  printf '$ %s\n' "$1" | public
  bash -c "$1" 2>&1 | public
}
begins() { echo '```console'; }
ends() { echo '```'; }
ends_as() { # RELEASE STATE
  local state
  state=$(slipway release show "$1" --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["state"])')
  [ "$state" = "$2" ] || { echo "$me: $1 should have ended as $2 and is $state" >&2; exit 1; }
}
users_of() { # URL, forty times a second
  curl --silent --output /dev/null --rate 40/s "$1?[1-1000000]" &
  users=$!
}
no_users() { [ -z "$users" ] || kill "$users" 2>/dev/null || true; users=; }
project() { # NAME: a repository of its own, with a branch to merge into
  mkdir -p "$work/$1" && cd "$work/$1" && git init -q -b main
}
commit() { git add -A . && git commit -q -m "$1"; }

tell() { # [--write]
  slipway allow --folder "$work" >&2
  slipway up --port 0 --front-port 0 >&2
  started=yes
  front=$(sed -n "s|^SLIPWAY_FRONT_URL=.*:\([0-9]*\).*|\1|p" "$SLIPWAY_HOME/env")
  if [ "${1:-}" = --write ]; then
    story | tee "$work/story.md" && mv "$work/story.md" "$repository/infra/docs/$me.md"
  else
    story
  fi
}
