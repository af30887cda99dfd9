# etcd, API server, controller manager, scheduler and DNS: processes on the host.
# shellcheck shell=bash

run_etcd() {
  # Without fsync: the data does not outlive the machine anyway, and the disk is what a small machine waits for.
  run_on_host etcd etcd --name skete-dev --data-dir "$STATE/etcd" --listen-client-urls "$ETCD" --advertise-client-urls "$ETCD" \
    --listen-peer-urls "$ETCD_PEERS" --initial-advertise-peer-urls "$ETCD_PEERS" --initial-cluster "skete-dev=$ETCD_PEERS" \
    --unsafe-no-fsync --log-level warn
}

run_apiserver() {
  local pki=$STATE/pki
  # Kubelets are reached by address: nobody resolves the names of these nodes.
  run_on_host apiserver "$KUBE" apiserver --etcd-servers="$ETCD" --bind-address="$GATEWAY" --secure-port=6443 --advertise-address="$GATEWAY" \
    --client-ca-file="$pki/ca.crt" --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" \
    --service-account-key-file="$pki/sa.pub" --service-account-signing-key-file="$pki/sa.key" \
    --service-account-issuer=https://kubernetes.default.svc --service-cluster-ip-range="$SERVICES" \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged=true \
    --kubelet-certificate-authority="$pki/ca.crt" --kubelet-preferred-address-types=InternalIP \
    --kubelet-client-certificate="$pki/apiserver-kubelet-client.crt" --kubelet-client-key="$pki/apiserver-kubelet-client.key"
}

# One instance of each needs no leader election, whose lease would be renewed every two seconds for nothing;
# port 0: nobody reads their metrics, and the host's ports stay free.
# A node that is not heard of counts as lost after 20 s instead of 50 s; its kubelet renews its lease five times meanwhile (node.bash).
run_controller_manager() {
  run_on_host controller-manager "$KUBE" controller-manager --kubeconfig="$STATE/controller-manager.kubeconfig" --leader-elect=false --secure-port=0 \
    --root-ca-file="$STATE/pki/ca.crt" --service-account-private-key-file="$STATE/pki/sa.key" --use-service-account-credentials \
    --node-monitor-grace-period=20s
}

run_scheduler() {
  run_on_host scheduler "$KUBE" scheduler --kubeconfig="$STATE/scheduler.kubeconfig" --leader-elect=false --secure-port=0
}

run_dns() {
  cat >"$STATE/Corefile" <<EOF
.:53 {
  bind $GATEWAY
  errors
  kubernetes cluster.local in-addr.arpa {
    kubeconfig $KUBECONFIG_ADMIN skete-dev
  }
  cache 5
}
EOF
  run_on_host dns "$KUBE" dns -conf "$STATE/Corefile"
}

make_dns_service() { # the usual address in front of the CoreDNS on the host
  kubectl apply -f - >/dev/null <<EOF
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec: {clusterIP: $DNS, ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53, protocol: TCP}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: kube-dns, namespace: kube-system, labels: {kubernetes.io/service-name: kube-dns}}
addressType: IPv4
endpoints: [{addresses: [$GATEWAY]}]
ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53, protocol: TCP}]
EOF
}

control_plane_up() {
  make_authority
  make_control_plane_identities
  run_etcd
  run_apiserver
  await "the API server is ready" 60 kubectl get --raw /readyz
  run_controller_manager
  run_scheduler
  make_dns_service
  run_dns
  # A pod is refused until its namespace has this account, made by a controller that has just started.
  await "the default service account exists" 30 kubectl get serviceaccount default
}
