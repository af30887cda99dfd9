# Control groups, version 1 (one hierarchy per controller), 2, or both mounted side by side.
# shellcheck shell=bash

hierarchies() { # the mount point of each
  awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/mounts
}

tracking_hierarchy() { # the one in which `down` finds the daemons: version 2 where there is one, for it needs no controller
  awk '$3 == "cgroup2" { two = $2 } $3 == "cgroup" && $4 ~ /pids/ { one = $2 } END { print two ? two : one }' /proc/mounts
}

make_daemons_cgroup() { # prints its path
  local group
  group=$(tracking_hierarchy)/$DAEMONS
  mkdir -p "$group"
  echo "$group"
}

make_node_cgroups() { # N: the kubelet makes its pods' groups below, but not the root it is told to use
  local root file
  for root in $(hierarchies); do
    if [ -f "$root/cgroup.controllers" ] && [ -s "$root/cgroup.controllers" ]; then
      sed 's/\([^ ]*\)/+\1/g' "$root/cgroup.controllers" >"$root/cgroup.subtree_control"
    fi
    mkdir -p "$root/$NODE_PREFIX$1"
    for file in cpuset.cpus cpuset.mems; do # version 1 starts a group without a single CPU, and nothing can run in it
      [ -f "$root/cgroup.controllers" ] || [ ! -f "$root/$file" ] || cat "$root/$file" >"$root/$NODE_PREFIX$1/$file"
    done
  done
}

remove_node_cgroups() { # N; fails as long as one is busy, which it is for a moment after its last process
  local root
  for root in $(hierarchies); do
    [ ! -d "$root/$NODE_PREFIX$1" ] || find "$root/$NODE_PREFIX$1" -depth -type d -exec rmdir {} + || return 1
  done
}

cluster_cgroups() { # every group of the cluster, deepest first
  local root group
  for root in $(hierarchies); do
    for group in "$root/$DAEMONS" "$root/$NODE_PREFIX"[0-9]*; do
      [ ! -d "$group" ] || find "$group" -depth -type d
    done
  done
}

pids_in_cgroups() {
  local group
  for group in $(cluster_cgroups); do
    cat "$group/cgroup.procs" 2>/dev/null || true
  done | sort -un
}

thaw_cgroups() { # a frozen process cannot die
  local group
  for group in $(cluster_cgroups); do
    [ ! -f "$group/freezer.state" ] || echo THAWED >"$group/freezer.state" 2>/dev/null || true
    [ ! -f "$group/cgroup.freeze" ] || echo 0 >"$group/cgroup.freeze" 2>/dev/null || true
  done
}

remove_cgroups() {
  local group
  for group in $(cluster_cgroups); do
    rmdir "$group" 2>/dev/null || true
  done
}
