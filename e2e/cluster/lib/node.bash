# A node: a network, mount and PID namespace with its own containerd, kubelet and kube-proxy.
# Its init is the only thing that must die for every process of the node to die: the kernel sees to that.
# shellcheck shell=bash disable=SC2153 # INIT comes from image.bash, KUBE from the caller

run_node_init() { # N
  local name=init-node$1 detached directory
  directory=$(node_directory "$1")
  mkdir -p "$directory"/{run,cni,image}
  detach "$name" nsenter --net="/run/netns/$NODE_PREFIX$1" unshare --mount --propagation private --pid --fork \
    "$HERE/node-init" "$directory" "$INIT"
  remember "$name" "$(child_of "$detached")" || fail "node$1 did not start; see $STATE/log/$name.log"
  await "node$1 has its mounts" 5 test -f "$directory/run/mounted"
}

make_disk() { # N: for all it writes but images, so that it can fill up alone
  local directory
  directory=$(node_directory "$1")
  mkdir -p "$directory/disk"
  truncate --size=4G "$directory/disk.img"
  mkfs.ext4 -q -m 0 -O ^has_journal "$directory/disk.img"
  mount -o loop "$directory/disk.img" "$directory/disk"
}

write_cni_configuration() { # N
  cat >"$(node_directory "$1")/cni/10-pods.conflist" <<EOF
{"cniVersion": "1.0.0", "name": "pods", "plugins": [
  {"type": "bridge", "bridge": "cni0", "isGateway": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$(node_directory "$1")/ipam", "ranges": [[{"subnet": "$POD_NETWORK.$1.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
EOF
}

# With SKETE_RECORD_SYSCALLS, a directory, every container's system calls are written there, by strace: node-agent/vmm/seccomp.
write_runc() { # FILE
  mkdir -p "$SKETE_RECORD_SYSCALLS"
  printf '#!/bin/sh\nexec %q %q %q "$@"\n' "$(dirname "$(dirname "$HERE")")/node-agent/vmm/seccomp/record" "$(command -v runc)" \
    "$(realpath "$SKETE_RECORD_SYSCALLS")" >"$1"
  chmod 755 "$1"
}

run_containerd() { # N
  local directory
  directory=$(node_directory "$1")
  write_cni_configuration "$1"
  # restrict_oom_score_adj: without CAP_SYS_RESOURCE (as in many sandboxes) no score below one's own can be given.
  # certs.d: empty at first; a test that runs a registry names it there. It is below /run, the node's own.
  # device_ownership_from_security_context: a claim of volumeMode Block belongs to the container's user, not to root.
  cat >"$directory/containerd.toml" <<EOF
version = 2
root = "$directory/containerd"
state = "/run/containerd"
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/pause:1"
  restrict_oom_score_adj = true
  device_ownership_from_security_context = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$directory/cni"
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "/run/containerd/certs.d"
EOF
  if [ -n "${SKETE_RECORD_SYSCALLS:-}" ]; then
    write_runc "$directory/runc"
    cat >>"$directory/containerd.toml" <<EOF
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      BinaryName = "$directory/runc"
EOF
  fi
  run_on_node "$1" "containerd-node$1" containerd -c "$directory/containerd.toml" -l warn
}

write_kubelet_configuration() { # N
  local pki=$STATE/pki
  # KubeletInUserNamespace: go on where a kernel setting cannot be changed. Images are never collected: there is no
  # registry to fetch them from again, and for the same reason a nearly full disk of theirs is no reason to evict. A full
  # one of the node's own is none either: fault tests want to see what becomes of the guests there.
  cat >"$(node_directory "$1")/kubelet.yaml" <<EOF
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $pki/ca.crt}}
authorization: {mode: Webhook}
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
cgroupDriver: cgroupfs
cgroupRoot: /$NODE_PREFIX$1
clusterDNS: [$DNS]
clusterDomain: cluster.local
resolvConf: /dev/null
failSwapOn: false
nodeLeaseDurationSeconds: 16
maxPods: 250
volumePluginDir: /var/lib/kubelet/volume-plugins
featureGates: {KubeletInUserNamespace: true}
tlsCertFile: $pki/node$1.crt
tlsPrivateKeyFile: $pki/node$1.key
evictionHard: {nodefs.available: "0%", imagefs.available: "1%", memory.available: "100Mi"}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
EOF
}

run_kubelet() { # N
  # Usage of containers is sampled every 30 s instead of 10 s: on two cores shared by all nodes it is the largest idle cost.
  run_on_node "$1" "kubelet-node$1" "$KUBE" kubelet --config="$(node_directory "$1")/kubelet.yaml" --kubeconfig="$STATE/node$1.kubeconfig" \
    --hostname-override="node$1" --node-ip="$(node_address "$1")" --housekeeping-interval=30s
}

# Starts it again as a service manager does: it ends where containerd answers and its CRI plugin does not yet.
kubelet_answers() { # N
  run_kubelet "$1"
  on_node "$1" bash -c '</dev/tcp/127.0.0.1/10248'
}

run_proxy() { # N
  # conntrack's table size belongs to the host and cannot be set from a network namespace.
  run_on_node "$1" "proxy-node$1" "$KUBE" proxy --kubeconfig="$STATE/proxy.kubeconfig" --hostname-override="node$1" \
    --proxy-mode=iptables --cluster-cidr="$POD_NETWORK.0.0/16" --conntrack-max-per-core=0
}

on_node() { # N COMMAND...
  local init
  init=$(pid_of "init-node$1") || fail "node$1 is not up"
  nsenter --target "$init" --mount --net --pid -- "${@:2}"
}

import_image() { # N ARCHIVE
  on_node "$1" ctr --address /run/containerd/containerd.sock --namespace k8s.io images import - >/dev/null <"$2"
}

containerd_answers() { on_node "$1" ctr --address /run/containerd/containerd.sock version; }

node_ready() { # N
  kubectl get node "node$1" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' | grep -qx True
}

node_new() { # N
  certify "node$1" "/O=system:nodes/CN=system:node:node$1" "DNS:node$1,IP:$(node_address "$1")"
  write_kubeconfig "node$1" "$STATE/node$1.kubeconfig"
  make_disk "$1"
  node_boot "$1"
  import_image "$1" "$(image_archive pause)"
  import_image "$1" "$(image_archive busybox)"
  run_kubelet "$1"
  run_proxy "$1"
}

node_boot() { # N: as far as its containerd; what its directory holds are its disks
  make_node_cgroups "$1"
  node_network_up "$1"
  run_node_init "$1"
  run_containerd "$1"
  write_kubelet_configuration "$1"
  await "containerd of node$1 answers" 30 containerd_answers "$1"
}

node_up() { # N: one that was down
  [ -d "$(node_directory "$1")" ] || fail "there is no node$1"
  ! pid_of "init-node$1" >/dev/null || fail "node$1 is up already"
  node_boot "$1"
  run_kubelet "$1"
  run_proxy "$1"
  await "the kubelet of node$1 answers" 60 answers "kubelet-node$1"
}

node_down() { # N: as if its power were cut; what is on its disks stays, and nothing else
  local init
  init=$(pid_of "init-node$1") || fail "node$1 is not up"
  kill -KILL "$init"
  await "node$1 has no process left" 20 test ! -e "/proc/$init"
  node_network_down "$1"
  await "node$1 has no control group left" 10 remove_node_cgroups "$1"
  rm -rf --one-file-system "$(node_directory "$1")/run"
  rm -f "$STATE/pid/"*"-node$1"
}
