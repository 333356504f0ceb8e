{{- define "argo-cd.fullname" -}}
{{- .chart.Values.fullnameOverride | default (printf "%s-%s" .chart.Release.Name .chart.Values.nameOverride) -}}
{{- end }}

{{- define "argo-cd.name" -}}
{{ include "argo-cd.fullname" . }}-{{ .component }}
{{- end }}

{{- define "argo-cd.account" -}}
{{- if .values.serviceAccount }}{{ .values.serviceAccount.name | default (include "argo-cd.name" .) }}{{ else }}default{{ end }}
{{- end }}

{{- define "argo-cd.selector" -}}
app.kubernetes.io/name: {{ .chart.Values.nameOverride }}-{{ .component }}
app.kubernetes.io/instance: {{ .chart.Release.Name }}
{{- end }}

{{- define "argo-cd.labels" -}}
helm.sh/chart: {{ .chart.Chart.Name }}-{{ .chart.Chart.Version }}
{{ include "argo-cd.selector" . }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/managed-by: {{ .chart.Release.Service }}
app.kubernetes.io/part-of: argocd
app.kubernetes.io/version: {{ .chart.Chart.AppVersion }}
{{- with .chart.Values.global.additionalLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* Objects that Argo CD finds by a fixed name, whatever the release is called. */ -}}
{{- define "argo-cd.fixed" -}}
metadata:
  name: {{ .name }}
  namespace: {{ .chart.Release.Namespace }}
  labels:
    {{- include "argo-cd.labels" . | nindent 4 }}
    {{- with .labels }}{{ toYaml . | nindent 4 }}{{ end }}
  {{- with .annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- /* Settings are text in a ConfigMap, whatever they are in the values. */ -}}
{{- define "argo-cd.settings" -}}
{{- range $key, $value := omit . "create" "annotations" }}
{{ $key | quote }}: {{ $value | toString | quote }}
{{- end }}
{{- end }}

{{- /* What runs, by component and by the key of its values. */ -}}
{{- define "argo-cd.components" -}}
application-controller: controller
repo-server: repoServer
server: server
applicationset-controller: applicationSet
{{- if .Values.redis.enabled }}
redis: redis
{{- end }}
{{- if .Values.dex.enabled }}
dex-server: dex
{{- end }}
{{- if .Values.notifications.enabled }}
notifications-controller: notifications
{{- end }}
{{- end }}

{{- define "argo-cd.image" -}}
{{- $global := .chart.Values.global.image -}}{{- $own := .values.image | default dict -}}
{{ $own.repository | default $global.repository }}:{{ $own.tag | default $global.tag | default .chart.Chart.AppVersion }}
{{- end }}
