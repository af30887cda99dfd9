# The bridge, the nodes' network namespaces and the routes between them and the host.
# shellcheck shell=bash

bridge_up() {
  ip link add "$BRIDGE" type bridge
  ip link set "$BRIDGE" alias "$STATE"
  ip addr add "$GATEWAY/24" dev "$BRIDGE"
  ip link set "$BRIDGE" up
  # Where bridged frames pass the host's firewall and that drops by default (Docker's does), nodes could not talk.
  if [ "$(cat /proc/sys/net/bridge/bridge-nf-call-iptables 2>/dev/null)" = 1 ] && iptables -S FORWARD | grep -q -- '-P FORWARD DROP'; then
    iptables -I FORWARD -i "$BRIDGE" -o "$BRIDGE" -m comment --comment "$BRIDGE" -j ACCEPT
  fi
}

bridge_rule_down() {
  iptables -S FORWARD 2>/dev/null | grep -- "--comment $BRIDGE " | sed 's/^-A/-D/' | while read -ra rule; do iptables "${rule[@]}"; done || true
}

node_network_up() { # N
  local name=$NODE_PREFIX$1 other
  ip netns add "$name"
  ip link add "$name" type veth peer name eth0 netns "$name"
  ip link set "$name" master "$BRIDGE" up
  ip -n "$name" link set lo up
  ip -n "$name" addr add "$(node_address "$1")/24" dev eth0
  ip -n "$name" link set eth0 up
  ip -n "$name" route add default via "$GATEWAY"
  for other in $(nodes); do
    [ "$other" = "$1" ] || ip -n "$name" route add "$POD_NETWORK.$other.0/24" via "$(node_address "$other")"
  done
  ip route replace "$POD_NETWORK.$1.0/24" via "$(node_address "$1")"
  # kube-proxy runs on nodes only: the first one also answers for Services to the host, so `curl CLUSTER-IP` works there.
  [ "$1" != 1 ] || ip route replace "$SERVICES" via "$(node_address 1)"
}

node_network_down() { # N: pods' ends go with the node's namespace, routes with the next node_network_up
  ip netns del "$NODE_PREFIX$1"
  ip link del "$NODE_PREFIX$1" 2>/dev/null || true
}
