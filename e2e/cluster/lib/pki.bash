# Keys and certificates of one cluster, valid for ten years and thrown away with it.
# shellcheck shell=bash

EC=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes)

make_authority() {
  mkdir -p "$STATE/pki"
  (
    cd "$STATE/pki" || exit
    [ ! -f sa.pub ] || exit 0
    openssl req -x509 "${EC[@]}" -keyout ca.key -out ca.crt -days 3650 -subj /CN=skete-dev
    openssl genpkey -algorithm RSA -out sa.key -pkeyopt rsa_keygen_bits:2048
    openssl rsa -in sa.key -pubout -out sa.pub
  ) 2>/dev/null
}

certify() { # NAME SUBJECT ALTERNATIVE-NAMES
  (
    cd "$STATE/pki" || exit
    openssl req "${EC[@]}" -keyout "$1.key" -out "$1.csr" -subj "$2"
    openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -out "$1.crt" -extfile <(echo "subjectAltName=$3")
  ) 2>/dev/null
}

write_kubeconfig() { # NAME FILE: self-contained, so that it can be copied anywhere
  local pki=$STATE/pki
  (umask 077; cat >"$2") <<EOF
apiVersion: v1
kind: Config
clusters: [{name: skete-dev, cluster: {server: "https://$GATEWAY:6443", certificate-authority-data: $(base64 -w0 "$pki/ca.crt")}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w0 "$pki/$1.crt"), client-key-data: $(base64 -w0 "$pki/$1.key")}}]
contexts: [{name: skete-dev, context: {cluster: skete-dev, user: $1}}]
current-context: skete-dev
EOF
}

make_control_plane_identities() {
  certify apiserver /CN=kube-apiserver "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:10.96.0.1,IP:$GATEWAY"
  certify apiserver-kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client DNS:apiserver
  certify admin /O=system:masters/CN=admin DNS:admin
  write_kubeconfig admin "$KUBECONFIG_ADMIN"
  local name
  for name in controller-manager scheduler proxy; do
    certify "$name" "/CN=system:kube-$name" "DNS:$name"
    write_kubeconfig "$name" "$STATE/$name.kubeconfig"
  done
}
