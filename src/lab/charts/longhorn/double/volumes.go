package main

import (
	"context"
	"errors"
	"log"
	"slices"

	corev1 "k8s.io/api/core/v1"
)

// keepVolumes carries out what decide says for each volume, and lets go those that are deleted.
func (c *cluster) keepVolumes(ctx context.Context, values map[string]string, standings map[string]standing, f faults) error {
	all, err := list[volume](ctx, c, volumes)
	if err != nil {
		return err
	}
	copies, err := list[replica](ctx, c, replicas)
	if err != nil {
		return err
	}
	claimed, err := c.claims(ctx)
	if err != nil {
		return err
	}
	w := view{up: map[string]bool{}, softAnti: values["replica-soft-anti-affinity"] == "true", salvage: values["auto-salvage"] == "true", faults: f}
	for name, s := range standings {
		w.up[name] = s.up()
	}
	if w.places, err = c.places(ctx, values); err != nil {
		return err
	}
	var failed []error
	for _, v := range all {
		own := slices.DeleteFunc(slices.Clone(copies), func(r replica) bool { return r.Spec.VolumeName != v.Name })
		if v.DeletionTimestamp != nil {
			failed = append(failed, c.letGo(ctx, v, own, w))
			continue
		}
		failed = append(failed, c.keepVolume(ctx, v, own, w, claimed[v.Name]))
	}
	return errors.Join(failed...)
}

func (c *cluster) keepVolume(ctx context.Context, v volume, own []replica, w view, claim *kubernetesStatus) error {
	d := decide(v, own, w)
	d.status.KubernetesStatus, d.status.OwnerID = claim, env("NODE_NAME")
	var failed []error
	for _, r := range d.create {
		failed = append(failed, c.create(ctx, replicas, "Replica", r))
	}
	for _, name := range d.failed {
		log.Printf("replica %s is out of step: its node is away while its volume is written", name)
		failed = append(failed, c.patch(ctx, replicas, name, map[string]any{"spec": map[string]any{"failedAt": now()}}))
	}
	for _, name := range d.salvaged {
		log.Printf("replica %s is salvaged", name)
		failed = append(failed, c.patch(ctx, replicas, name, map[string]any{"spec": map[string]any{"failedAt": "", "healthyAt": now()}}))
	}
	if d.status.State != v.Status.State || d.status.Robustness != v.Status.Robustness {
		log.Printf("volume %s: %s %s on %q", v.Name, d.status.State, d.status.Robustness, d.status.CurrentNodeID)
	}
	failed = append(failed, c.setStatus(ctx, volumes, v.Name, d.status), c.keepEngine(ctx, v, own, d))
	return errors.Join(failed...)
}

// keepEngine shows in the engine what the volume does: where it runs, and which of its replicas take writes.
func (c *cluster) keepEngine(ctx context.Context, v volume, own []replica, d decision) error {
	name := v.Name + "-e-0"
	var is engine
	there, err := c.find(ctx, engines, name, &is)
	if err != nil {
		return err
	}
	if !there {
		made := engine{Spec: engineSpec{VolumeName: v.Name, VolumeSize: v.Spec.Size, NodeID: v.Spec.NodeID}}
		made.Name, made.Labels = name, map[string]string{"longhornvolume": v.Name}
		return c.create(ctx, engines, "Engine", made)
	}
	if is.Spec.NodeID != d.status.CurrentNodeID {
		return c.patch(ctx, engines, name, map[string]any{"spec": map[string]any{"nodeID": d.status.CurrentNodeID}})
	}
	status := engineStatus{CurrentState: "stopped", OwnerID: d.status.CurrentNodeID}
	if d.status.State == "attached" {
		status.CurrentState, status.ReplicaModeMap = "running", map[string]string{}
	}
	for _, r := range own {
		if status.ReplicaModeMap != nil {
			status.ReplicaModeMap[r.Name] = mode(r, d.failed)
		}
	}
	return c.setStatus(ctx, engines, name, status)
}

func mode(r replica, failed []string) string {
	if r.Spec.FailedAt != "" || slices.Contains(failed, r.Name) {
		return "ERR"
	}
	return "RW"
}

// letGo deletes what belongs to a deleted volume first. A replica on a node that is away is given up: its data is an orphan.
func (c *cluster) letGo(ctx context.Context, v volume, own []replica, w view) error {
	if len(own) == 0 {
		return errors.Join(c.gone(ctx, engines, v.Name+"-e-0"), c.release(ctx, volumes, v.Name))
	}
	status := v.Status
	status.State = "deleting"
	failed := []error{c.setStatus(ctx, volumes, v.Name, status)}
	for _, r := range own {
		if r.DeletionTimestamp == nil {
			failed = append(failed, c.gone(ctx, replicas, r.Name))
		} else if !w.up[r.Spec.NodeID] {
			failed = append(failed, c.release(ctx, replicas, r.Name))
		}
	}
	return errors.Join(failed...)
}

// places are the disks that take replicas, with the room that is left on each.
func (c *cluster) places(ctx context.Context, values map[string]string) ([]place, error) {
	all, err := list[lhNode](ctx, c, lhNodes)
	if err != nil {
		return nil, err
	}
	var found []place
	for _, n := range all {
		if !n.Spec.AllowScheduling || !conditionTrue(n.Status.Conditions, "Schedulable") {
			continue
		}
		for name, d := range n.Spec.Disks {
			s := n.Status.DiskStatus[name]
			if d.AllowScheduling && conditionTrue(s.Conditions, "Schedulable") {
				room := (s.StorageMaximum-d.StorageReserved)*number(values["storage-over-provisioning-percentage"])/100 - s.StorageScheduled
				found = append(found, place{node: n.Name, diskName: name, diskID: s.DiskUUID, path: d.Path, nodeTags: n.Spec.Tags, diskTags: d.Tags, room: room})
			}
		}
	}
	return found, nil
}

// claims says by volume which PersistentVolume and claim it serves.
func (c *cluster) claims(ctx context.Context) (map[string]*kubernetesStatus, error) {
	all, err := list[corev1.PersistentVolume](ctx, c, volumesOfKube)
	if err != nil {
		return nil, err
	}
	claimed := map[string]*kubernetesStatus{}
	for _, pv := range all {
		if pv.Spec.CSI == nil || pv.Spec.CSI.Driver != driverName {
			continue
		}
		status := &kubernetesStatus{PVName: pv.Name, PVStatus: string(pv.Status.Phase)}
		if pv.Spec.ClaimRef != nil {
			status.Namespace, status.PVCName = pv.Spec.ClaimRef.Namespace, pv.Spec.ClaimRef.Name
		}
		claimed[pv.Spec.CSI.VolumeHandle] = status
	}
	return claimed, nil
}
