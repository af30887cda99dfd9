{{/* What elf and elf-q35 share. A guest that writes N to port 0xf4 (isa-debug-exit) ends QEMU with 2N+1. */}}
{{- define "skete.elf" -}}
boot: {kernel: /guest.elf}
commandLine: ["ip=${net.ip}/${net.prefix}", "gw=${net.gateway}", "mtu=${net.mtu}", "name=${pod.name}", "${env}", "--", "${args}"]
envFormat: env=${name}=${value}
quoting: Posix
exitCodes:
  {{- range $code := until 128 }}
  "{{ add (mul 2 $code) 1 }}": {{ $code }}
  {{- end }}
shutdown: None
{{- end }}
