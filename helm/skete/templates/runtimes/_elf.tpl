{{/* What elf and elf-q35 share. A guest that ends with code N writes N+1 to port 0xf4 (isa-debug-exit), which ends
QEMU with 2N+3: 1 is QEMU's own status when it cannot start, and must never be a guest's success. */}}
{{- define "skete.elf" -}}
boot: {kernel: /guest.elf}
commandLine: ["ip=${net.ip}/${net.prefix}", "gw=${net.gateway}", "dns=${net.dns}", "mtu=${net.mtu}", "name=${pod.name}", "${env}", "--", "${args}"]
envFormat: env=${name}=${value}
quoting: Posix
exitCodes:
  {{- range $code := until 126 }}
  "{{ add (mul 2 $code) 3 }}": {{ $code }}
  {{- end }}
shutdown: None
entropy: VirtioRng
files: FwCfg # opt/skete/PATH/FILE, at I/O ports 0x510 and 0x511
{{- end }}
