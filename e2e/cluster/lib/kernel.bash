# Kernel settings of the host that a cluster changes, and `down` puts back.
# shellcheck shell=bash

# The kubelet sets the first six on its own. Every container's shim, log follower and kubelet needs inotify instances,
# and the usual 128 are used up by some fifty pods.
KERNEL_SETTINGS=(vm.overcommit_memory vm.panic_on_oom kernel.panic kernel.panic_on_oops kernel.keys.root_maxkeys
  kernel.keys.root_maxbytes fs.inotify.max_user_instances)

save_kernel_settings() {
  sysctl --ignore "${KERNEL_SETTINGS[@]}" >"$STATE/sysctl.conf" 2>/dev/null || true
  [ "$(sysctl -n fs.inotify.max_user_instances)" -ge 1024 ] || sysctl -qw fs.inotify.max_user_instances=1024
}

restore_kernel_settings() {
  [ ! -s "$STATE/sysctl.conf" ] || sysctl -q --ignore --load "$STATE/sysctl.conf" 2>/dev/null || true
}
