{{- /*
A Deployment or StatefulSet. Its pod is that of Argo CD's own manifest (real/COMPONENT.yaml, put there when the chart is built),
so that each setting it reads is there; name, size and place come from the values.
*/ -}}
{{- define "argo-cd.workload" -}}
{{- $it := printf "real/%s.yaml" .component | .chart.Files.Get | fromYaml -}}
{{- $global := .chart.Values.global -}}
{{- $annotations := ternary $global.statefulsetAnnotations $global.deploymentAnnotations (eq $it.kind "StatefulSet") -}}
{{- $_ := set $it "metadata" (dict "name" (include "argo-cd.name" .) "namespace" .chart.Release.Namespace "labels" (include "argo-cd.labels" . | fromYaml)) -}}
{{- if $annotations }}{{ $_ := set $it.metadata "annotations" $annotations }}{{ end -}}
{{- $_ := set $it.spec "replicas" (ternary (int .values.replicas) 1 (hasKey .values "replicas")) -}}
{{- $_ := set $it.spec "revisionHistoryLimit" (int $global.revisionHistoryLimit) -}}
{{- $_ := set $it.spec "selector" (dict "matchLabels" (include "argo-cd.selector" . | fromYaml)) -}}
{{- if eq $it.kind "StatefulSet" }}{{ $_ := set $it.spec "serviceName" (include "argo-cd.name" .) }}{{ end -}}
{{- $_ := set $it.spec.template "metadata" (dict "labels" (merge (include "argo-cd.labels" . | fromYaml) (.values.podLabels | default dict) $global.podLabels) "annotations" (include "argo-cd.podAnnotations" . | fromYaml)) -}}
{{- include "argo-cd.placed" (merge (dict "pod" $it.spec.template.spec) .) -}}
{{- include "argo-cd.contained" (merge (dict "pod" $it.spec.template.spec "replicas" $it.spec.replicas) .) -}}
{{- toYaml $it -}}
{{- end }}

{{- /* A changed setting restarts what read it. */ -}}
{{- define "argo-cd.podAnnotations" -}}
checksum/cm: {{ toJson .chart.Values.configs.cm | sha256sum }}
checksum/cmd-params: {{ toJson .chart.Values.configs.params | sha256sum }}
{{- with merge dict (.values.podAnnotations | default dict) .chart.Values.global.podAnnotations }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "argo-cd.placed" -}}
{{- $global := .chart.Values.global -}}
{{- $_ := set .pod "serviceAccountName" (include "argo-cd.account" .) -}}
{{- $_ := set .pod "nodeSelector" (.values.nodeSelector | default $global.nodeSelector) -}}
{{- $_ := set .pod "affinity" (.values.affinity | default (include "argo-cd.apart" . | fromYaml)) -}}
{{- with .values.tolerations | default $global.tolerations }}{{ $_ := set $.pod "tolerations" . }}{{ end -}}
{{- with .values.priorityClassName | default $global.priorityClassName }}{{ $_ := set $.pod "priorityClassName" . }}{{ end -}}
{{- with $global.imagePullSecrets }}{{ $_ := set $.pod "imagePullSecrets" . }}{{ end -}}
{{- end }}

{{- define "argo-cd.apart" -}}
{{- $term := dict "labelSelector" (dict "matchLabels" (include "argo-cd.selector" . | fromYaml)) "topologyKey" "kubernetes.io/hostname" -}}
{{- $kind := .chart.Values.global.affinity.podAntiAffinity -}}
{{- if eq $kind "hard" -}}
{{ dict "podAntiAffinity" (dict "requiredDuringSchedulingIgnoredDuringExecution" (list $term)) | toYaml }}
{{- else if eq $kind "soft" -}}
{{ dict "podAntiAffinity" (dict "preferredDuringSchedulingIgnoredDuringExecution" (list (dict "weight" 100 "podAffinityTerm" $term))) | toYaml }}
{{- else -}}
{}
{{- end }}
{{- end }}

{{- /* The first container. What the manifests' init containers do (copy the program for plug-ins, make redis' password) is not needed or a hook's. */ -}}
{{- define "argo-cd.contained" -}}
{{- $container := first .pod.containers -}}
{{- $own := .values.image | default dict -}}
{{- $_ := unset .pod "initContainers" -}}
{{- $_ := set $container "name" .component -}}
{{- $_ := set $container "image" (include "argo-cd.image" .) -}}
{{- $_ := set $container "imagePullPolicy" ($own.imagePullPolicy | default .chart.Values.global.image.imagePullPolicy) -}}
{{- $_ := set $container "resources" (.values.resources | default dict) -}}
{{- /* Argo CD asks every 10 to 30 s whether it is ready, which a story waits for, and bears with three times no. */ -}}
{{- with $container.readinessProbe }}{{ $_ := set . "initialDelaySeconds" 1 }}{{ $_ := set . "periodSeconds" 2 }}{{ $_ := set . "failureThreshold" 15 }}{{ end -}}
{{- if eq .component "dex-server" }}{{ $_ := set $container "command" (list "/usr/local/bin/argocd-dex" "rundex") }}{{ end -}}
{{- $_ := set $container "args" (concat ($container.args | default list) (.values.extraArgs | default list)) -}}
{{- $env := list -}}
{{- range $container.env }}{{ if eq .name "ARGOCD_CONTROLLER_REPLICAS" }}{{ $_ := set . "value" (toString $.replicas) }}{{ end }}{{ $env = append $env . }}{{ end -}}
{{- $_ := set $container "env" (concat $env .chart.Values.global.env (.values.env | default list)) -}}
{{- end }}
