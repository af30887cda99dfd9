# Taking a cluster down whatever state it is in, and telling what is left of one.
# Nothing is found by name of program: only by pid file, network namespace and cgroup.
# shellcheck shell=bash

node_namespaces() { ip netns list 2>/dev/null | awk -v prefix="$NODE_PREFIX" 'index($1, prefix) == 1 { print $1 }'; }

cluster_links() { ip -o link show | awk -F'[ :@]+' -v bridge="$BRIDGE" -v prefix="$NODE_PREFIX" '$2 == bridge || index($2, prefix) == 1 { print $2 }'; }

cluster_mounts() { awk -v state="$STATE/" 'index($5 "/", state) == 1 { print $5 }' /proc/self/mountinfo; }

cluster_pids() {
  local file namespace
  {
    for file in "$STATE"/pid/*; do
      [ ! -f "$file" ] || pid_of "${file##*/}" || true
    done
    for namespace in $(node_namespaces); do
      ip netns pids "$namespace" 2>/dev/null || true
    done
    pids_in_cgroups
  } | sort -un
}

kill_everything() {
  local file pid deadline=$((SECONDS + 20))
  for file in "$STATE"/pid/init-node*; do # first, for a node dies with its init and starts nothing more
    if [ -f "$file" ] && pid=$(pid_of "${file##*/}"); then kill -KILL "$pid" 2>/dev/null || true; fi
  done
  thaw_cgroups
  while pid=$(cluster_pids) && [ -n "$pid" ]; do
    [ "$SECONDS" -lt "$deadline" ] || { say "cannot be killed: ${pid//$'\n'/ }"; return 1; }
    # shellcheck disable=SC2086 # one word per process
    kill -KILL $pid 2>/dev/null || true
    sleep 0.1
  done
}

remove_network() {
  local name
  for name in $(node_namespaces); do ip netns del "$name"; done
  for name in $(cluster_links); do ip link del "$name" 2>/dev/null || true; done # one end takes the other, and routes, with it
  bridge_rule_down
}

cluster_down() {
  local mounted _
  clock_back # else the clock would stay wrong
  kill_everything
  remove_network
  for _ in $(seq 50); do # a group is busy for a moment after its last process
    remove_cgroups
    [ -n "$(cluster_cgroups)" ] || break
    sleep 0.1
  done
  for mounted in $(cluster_mounts | sort -r); do umount --lazy "$mounted"; done
  restore_kernel_settings
  rm -rf --one-file-system "$STATE"
}

cluster_leaks() { # one line for each thing found; nothing when clean
  cluster_pids | sed 's/^/process /'
  node_namespaces | sed 's/^/network namespace /'
  cluster_links | sed 's/^/link /'
  ip route show | grep -F " via $NODE_NETWORK." | sed 's/^/route /' || true
  cluster_cgroups | sed 's/^/cgroup /'
  cluster_mounts | sed 's/^/mount /'
  losetup --noheadings --output BACK-FILE 2>/dev/null | grep "^$STATE/" | sed 's/^/loop device of /' || true
  iptables -S FORWARD 2>/dev/null | grep -- "--comment $BRIDGE " | sed 's/^/firewall rule /' || true
  [ ! -e "$STATE" ] || echo "files $STATE"
}
