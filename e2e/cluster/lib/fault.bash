# What a cluster's administrator cannot do by stopping a component.
# shellcheck shell=bash

disk_full() { # N: nothing more can be written to the node's disk
  local disk available
  disk=$(node_directory "$1")/disk
  mountpoint --quiet "$disk" || fail "there is no node$1"
  available=$(df --block-size=1M --output=avail "$disk" | tail -n 1)
  fallocate --length "$((available - 8))M" "$disk/full"
  ! dd if=/dev/zero of="$disk/full" bs=4k oflag=append conv=notrunc status=none 2>/dev/null || fail "the disk of node$1 is not full"
}

disk_free() { rm -f "$(node_directory "$1")/disk/full"; } # N

# Linux has no namespace for the wall clock: it is the whole machine's. It comes back by itself, also if nobody waits.
clock_jump() { # AHEAD SECONDS: that many seconds ahead, for so long
  # shellcheck disable=SC2016
  run_on_host clock bash -c 'date --set="$1 seconds"; sleep "$2"; date --set="$1 seconds ago"' clock "$1" "$2"
}

clock_back() { # waits until it is right again
  while pid_of clock >/dev/null; do sleep 0.1; done
  rm -f "$STATE/pid/clock"
}
