{{- define "longhorn.namespace" -}}
{{- default .Release.Namespace .Values.namespaceOverride -}}
{{- end }}

{{- define "longhorn.labels" -}}
app.kubernetes.io/name: longhorn
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
homelab.lab/double: "true"
{{- end }}

{{- define "longhorn.image" -}}
{{ .repository }}:{{ .tag }}
{{- end }}

{{- /* longhorn.pod (list ROOT VALUES): priority, selector and tolerations of a part, its own before the global ones. */}}
{{- define "longhorn.pod" -}}
{{- $root := index . 0 }}{{ $part := index . 1 }}
serviceAccountName: longhorn-service-account
{{- with $part.priorityClass }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with $part.nodeSelector | default $root.Values.global.nodeSelector }}
nodeSelector: {{ toJson . }}
{{- end }}
{{- with $part.tolerations | default $root.Values.global.tolerations }}
tolerations: {{ toJson . }}
{{- end }}
{{- end }}

{{- define "longhorn.environment" -}}
- {name: NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
- {name: POD_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
- {name: IMAGE, value: {{ include "longhorn.image" .Values.image.longhorn.double }}}
- {name: ENGINE_IMAGE, value: {{ include "longhorn.image" .Values.image.longhorn.double }}}
{{- end }}

{{- /* The name of a setting from its key: createDefaultDiskLabeledNodes is create-default-disk-labeled-nodes. */}}
{{- define "longhorn.setting" -}}
{{- $odd := dict "v1DataEngine" "v1-data-engine" "v2DataEngine" "v2-data-engine" "replicaFileSyncHttpClientTimeout" "replica-file-sync-http-client-timeout" "longGRPCTimeOut" "long-grpc-timeout" "failedBackupTTL" "failed-backup-ttl" "rwxVolumeFastFailover" "rwx-volume-fast-failover" }}
{{- get $odd . | default (kebabcase .) -}}
{{- end }}
