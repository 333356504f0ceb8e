package main

import (
	"context"
	"fmt"
	"log"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// keepInstanceManager keeps one pod on this node and the object that tells of it. Nothing is served from it.
func (m *manager) keepInstanceManager(ctx context.Context, values map[string]string, f faults) error {
	name := "instance-manager-" + short(m.node+version)
	var is instanceManager
	there, err := m.find(ctx, instanceManagers, name, &is)
	if err != nil {
		return err
	}
	if !there {
		made := instanceManager{Spec: instanceManagerSpec{NodeID: m.node, Image: env("IMAGE"), Type: "aio", DataEngine: "v1"}}
		made.Name, made.Labels = name, map[string]string{"longhorn.io/node": m.node, "longhorn.io/component": "instance-manager"}
		return m.create(ctx, instanceManagers, "InstanceManager", made)
	}
	var pod corev1.Pod
	there, err = m.find(ctx, pods, name, &pod)
	if err != nil {
		return err
	}
	if !there {
		return m.createInstanceManagerPod(ctx, name, values)
	}
	if pod.Status.Phase == corev1.PodFailed && pod.DeletionTimestamp == nil {
		log.Printf("%s has failed and is made anew: %s", name, pod.Status.Message)
		return m.gone(ctx, pods, name)
	}
	status := instanceManagerStatus{CurrentState: "starting", OwnerID: m.node, IP: pod.Status.PodIP}
	if podReady(pod) {
		status.CurrentState = "running"
	}
	if f.hits(faultInstances, m.node) {
		status.CurrentState = "error"
	}
	return m.setStatus(ctx, instanceManagers, name, status)
}

func (m *manager) createInstanceManagerPod(ctx context.Context, name string, values map[string]string) error {
	var node corev1.Node
	if there, err := m.find(ctx, kubeNodes, m.node, &node); err != nil || !there {
		return err
	}
	percent := number(forV1(values["guaranteed-instance-manager-cpu"]))
	requests := corev1.ResourceList{}
	if percent > 0 {
		requests[corev1.ResourceCPU] = *resource.NewMilliQuantity(node.Status.Allocatable.Cpu().MilliValue()*percent/100, resource.DecimalSI)
	}
	yes, seconds := true, int64(1)
	pod := corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{"longhorn.io/node": m.node, "longhorn.io/component": "instance-manager", "longhorn.io/managed-by": "longhorn-manager"}}}
	pod.Spec = corev1.PodSpec{NodeName: m.node, ServiceAccountName: "longhorn-service-account", PriorityClassName: values["priority-class"], RestartPolicy: corev1.RestartPolicyNever,
		TerminationGracePeriodSeconds: &seconds, AutomountServiceAccountToken: new(bool), Tolerations: []corev1.Toleration{{Operator: corev1.TolerationOpExists}},
		Containers: []corev1.Container{{Name: "instance-manager", Image: env("IMAGE"), ImagePullPolicy: corev1.PullIfNotPresent, Args: []string{"instance-manager"},
			Resources: corev1.ResourceRequirements{Requests: requests}, SecurityContext: &corev1.SecurityContext{ReadOnlyRootFilesystem: &yes}}}}
	if err := m.create(ctx, pods, "Pod", pod); err != nil {
		return fmt.Errorf("pod %s: %w", name, err)
	}
	return nil
}
