{{/* One installation per cluster: the device plugin, the CRDs and the host paths have fixed names, so the objects have too. */}}

{{- define "skete.labels" -}}
app.kubernetes.io/name: skete
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "skete.selector" -}}
app.kubernetes.io/name: skete
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "skete.image" -}}
{{- $image := printf "%s/%s" .root.Values.image.registry .name }}
{{- with index .root.Values.image.digests .name }}{{ printf "%s@%s" $image . }}{{ else }}{{ printf "%s:%s" $image .root.Values.image.tag }}{{ end }}
{{- end }}

{{- define "skete.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}
