package main

import (
	"context"

	corev1 "k8s.io/api/core/v1"
)

// standing is how the cluster sees one node: its kubelet, and the manager's pod on it.
type standing struct {
	node         corev1.Node
	kubeletReady bool
	managerThere bool
	managerReady bool
	managerIP    string
}

func (s standing) up() bool { return s.kubeletReady && s.managerReady }

// ready is the condition Ready of a node, in Longhorn's reasons.
func (s standing) ready(before []condition) condition {
	name := s.node.Name
	switch {
	case !s.kubeletReady:
		return judged(before, "Ready", false, "KubernetesNodeNotReady", "Kubernetes node "+name+" not ready")
	case !s.managerThere:
		return judged(before, "Ready", false, "ManagerPodMissing", "manager pod missing: node "+name+" has no manager pod running on it")
	default:
		return judged(before, "Ready", s.managerReady, "ManagerPodDown", "node "+name+" is down: the manager pod is not running")
	}
}

// schedulable is false on a cordoned node, unless a setting says that does not matter.
func (s standing) schedulable(before []condition, values map[string]string) condition {
	cordoned := s.node.Spec.Unschedulable && values["disable-scheduling-on-cordoned-node"] == "true"
	return judged(before, "Schedulable", !cordoned, "KubernetesNodeCordoned", "node "+s.node.Name+" is cordoned")
}

func (c *cluster) standings(ctx context.Context) (map[string]standing, error) {
	nodes, err := list[corev1.Node](ctx, c, kubeNodes)
	if err != nil {
		return nil, err
	}
	managers, err := list[corev1.Pod](ctx, c, pods)
	if err != nil {
		return nil, err
	}
	all := map[string]standing{}
	for _, node := range nodes {
		all[node.Name] = standing{node: node, kubeletReady: nodeReady(node)}
	}
	for _, pod := range managers {
		s, known := all[pod.Spec.NodeName]
		if !known || pod.Labels["app"] != "longhorn-manager" || pod.DeletionTimestamp != nil {
			continue
		}
		s.managerThere, s.managerIP = true, pod.Status.PodIP
		s.managerReady = s.managerReady || podReady(pod)
		all[pod.Spec.NodeName] = s
	}
	return all, nil
}

func nodeReady(node corev1.Node) bool {
	for _, each := range node.Status.Conditions {
		if each.Type == corev1.NodeReady {
			return each.Status == corev1.ConditionTrue
		}
	}
	return false
}

func podReady(pod corev1.Pod) bool {
	for _, each := range pod.Status.Conditions {
		if each.Type == corev1.PodReady {
			return each.Status == corev1.ConditionTrue
		}
	}
	return false
}
