# What the cluster is called, where it lives and which addresses it uses. Sourced by every part.
# shellcheck shell=bash disable=SC2034 # used by those that source it

NAME=${SKETE_CLUSTER:-skete}             # of this cluster among those of the machine: see `apart`
STATE=${STATE:-/var/lib/$NAME-dev}       # everything the cluster keeps; `down` removes it
BRIDGE=$NAME-dev                         # joins host and nodes; its alias names STATE, so a second cluster is noticed
DAEMONS=$NAME-dev                        # cgroup of every process started here (not of pods)
NODE_PREFIX=$NAME-node                   # network namespaces and pod cgroups: skete-node1, skete-node2
MAX_NODES=2

GATEWAY=10.89.0.1                        # the host, on the bridge: API server and DNS listen on it alone
NODE_NETWORK=10.89.0                     # node N is .1N
POD_NETWORK=10.244                       # pods of node N: .N.0/24
SERVICES=10.96.0.0/16
DNS=10.96.0.10
ETCD=http://127.0.0.1:12379              # not etcd's usual port: a developer's own etcd is no obstacle
ETCD_PEERS=http://127.0.0.1:12380

KUBECONFIG_ADMIN=$STATE/kubeconfig

say() { echo "cluster: $*" >&2; }
fail() { say "$@"; exit 1; }

nodes() { seq "$MAX_NODES"; }
node_name() { echo "node$1"; }
node_address() { echo "$NODE_NETWORK.1$1"; }
node_directory() { echo "$STATE/node$1"; }

# The client is part of the binary, so its version is the server's and nothing needs installing.
kubectl() { "$KUBE" kubectl --kubeconfig "$KUBECONFIG_ADMIN" "$@"; }

await() { # WHAT SECONDS COMMAND...: polls until the command succeeds
  local what=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || { tail -n 5 "$STATE"/log/*.log >&2 2>/dev/null; fail "$what: not so in time; logs are in $STATE/log"; }
    sleep 0.1
  done
}
