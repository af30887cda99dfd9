# Starting, finding and stopping the cluster's own processes.
# A process is known by pid AND start time, so that a reused pid is never taken for one of ours.
# shellcheck shell=bash disable=SC2153 # STATE comes from settings.bash

started_at() { # PID: field 22 of /proc/PID/stat; the command name, field 2, may hold spaces
  local -a stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra stat <<<"${stat##*) }"
  echo "${stat[19]}"
}

remember() { # NAME PID
  echo "$2 $(started_at "$2")" >"$STATE/pid/$1"
}

pid_of() { # NAME: its pid, or failure when it does not run
  local pid start state
  read -r pid start <"$STATE/pid/$1" || return 1
  [ "$(started_at "$pid")" = "$start" ] || return 1
  state=$(cat "/proc/$pid/stat" 2>/dev/null) || return 1
  state=${state##*) }
  [ "${state:0:1}" != Z ] && echo "$pid"
} 2>/dev/null

child_of() { # PID: its only child, waited for up to two seconds
  local child _
  for _ in $(seq 100); do
    child=$(cat "/proc/$1/task/$1/children" 2>/dev/null) || return 1
    [ -z "$child" ] || { echo "${child%% *}"; return; }
    sleep 0.02
  done
  return 1
}

detach() { # NAME COMMAND...: in its own session and in the cgroup by which `down` finds it; sets $detached
  local name=$1 group
  shift
  group=$(make_daemons_cgroup)
  # Only built-ins before exec: `child_of` must not take a helper of this shell for the daemon. fd 8 is the lock on the
  # whole cluster, which a daemon that inherited it would hold for ever.
  (echo "$BASHPID" >"$group/cgroup.procs"; exec setsid "$@") </dev/null >>"$STATE/log/$name.log" 2>&1 8>&- &
  detached=$!
}

run_on_host() { # NAME COMMAND...
  local detached
  pid_of "$1" >/dev/null && return
  detach "$@"
  remember "$1" "$detached"
}

run_on_node() { # N NAME COMMAND...
  local init detached name=$2
  pid_of "$name" >/dev/null && return
  init=$(pid_of "init-node$1") || fail "node$1 is not up"
  detach "$name" nsenter --target "$init" --mount --net --pid -- "${@:3}"
  # nsenter must fork to enter a PID namespace, and its child is the process meant.
  remember "$name" "$(child_of "$detached")" || fail "$name did not start; see $STATE/log/$name.log"
}

stop_process() { # NAME [SIGNAL]: and waits until it is gone
  local pid _
  pid=$(pid_of "$1") || return 0
  kill -"${2:-TERM}" "$pid" 2>/dev/null || true
  for _ in $(seq 150); do
    pid_of "$1" >/dev/null || { rm -f "$STATE/pid/$1"; return 0; }
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
  rm -f "$STATE/pid/$1"
}
