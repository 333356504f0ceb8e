package main

import (
	"fmt"
	"slices"
	"sort"
)

// place is a disk on which a replica may live.
type place struct {
	node, diskName, diskID, path string
	nodeTags, diskTags           []string
	room                         int64 // bytes that may still be promised there
}

// view is what decisions about a volume are made of. Nothing in it is changed.
type view struct {
	up       map[string]bool // nodes on which Longhorn's part runs
	places   []place
	softAnti bool // two replicas of a volume may share a node
	salvage  bool
	faults   faults
}

// decision is what shall be so with a volume.
type decision struct {
	status   volumeStatus
	create   []replica
	failed   []string // replicas that are now out of step
	salvaged []string // failed ones that are taken as good again, since there is no better
}

// decide is the whole life of a volume that is not being deleted: place replicas, attach, follow its nodes.
func decide(v volume, own []replica, w view) decision {
	d := decision{status: v.Status}
	own = slices.Clone(own)
	d.create = w.missingReplicas(v, own)
	lacking := v.Spec.NumberOfReplicas - len(own) - len(d.create)
	d.status.Conditions = []condition{judged(v.Status.Conditions, "Scheduled", lacking <= 0, "ReplicaSchedulingFailure", fmt.Sprintf("%d replicas cannot be scheduled: no disk has room on another node", lacking))}
	if len(own) == 0 {
		d.status.State, d.status.Robustness, d.status.CurrentNodeID = "creating", "unknown", ""
		return d
	}
	d.failed = w.outOfStep(v, own)
	d.salvaged = w.salvageable(own)
	d.status.State, d.status.Robustness, d.status.CurrentNodeID = w.life(v, own, d)
	return d
}

// missingReplicas chooses the roomiest disks, on nodes that hold none of this volume unless sharing is allowed.
func (w view) missingReplicas(v volume, own []replica) []replica {
	var made []replica
	taken := map[string]bool{}
	for _, r := range own {
		taken[r.Spec.NodeID] = true
	}
	candidates := slices.Clone(w.places)
	sort.SliceStable(candidates, func(i, j int) bool { return candidates[i].room > candidates[j].room })
	for _, p := range candidates {
		if len(own)+len(made) >= v.Spec.NumberOfReplicas {
			break
		}
		if w.up[p.node] && !taken[p.node] && p.room >= v.Spec.Size && fits(v, p) {
			taken[p.node] = !w.softAnti
			made = append(made, newReplica(v, p, len(own)+len(made)))
		}
	}
	for i := 0; w.softAnti && len(made) > 0 && len(own)+len(made) < v.Spec.NumberOfReplicas; i++ {
		made = append(made, newReplica(v, place{node: made[i].Spec.NodeID, diskID: made[i].Spec.DiskID, path: made[i].Spec.DiskPath}, len(own)+len(made)))
	}
	return made
}

func fits(v volume, p place) bool {
	return containsAll(p.nodeTags, v.Spec.NodeSelector) && containsAll(p.diskTags, v.Spec.DiskSelector)
}

func containsAll(all, wanted []string) bool {
	for _, each := range wanted {
		if !slices.Contains(all, each) {
			return false
		}
	}
	return true
}

func newReplica(v volume, p place, ordinal int) replica {
	name := fmt.Sprintf("%s-r-%s", v.Name, short(fmt.Sprint(v.Name, p.node, ordinal)))
	r := replica{Spec: replicaSpec{VolumeName: v.Name, VolumeSize: v.Spec.Size, NodeID: p.node, DiskID: p.diskID, DiskPath: p.path,
		DataDirectoryName: v.Name + "-" + short(name), EngineName: v.Name + "-e-0", HealthyAt: now()}}
	r.Name = name
	r.Labels = map[string]string{"longhornvolume": v.Name, "longhornnode": p.node}
	r.Finalizers = []string{"longhorn.io"}
	return r
}

// outOfStep are replicas that miss what is written: the volume is in use and their node is away.
func (w view) outOfStep(v volume, own []replica) []string {
	var failed []string
	for _, r := range own {
		if r.Spec.FailedAt == "" && v.Status.State == "attached" && w.up[v.Status.CurrentNodeID] && !w.up[r.Spec.NodeID] {
			failed = append(failed, r.Name)
		}
	}
	return failed
}

// salvageable are, when all have failed, those that failed last and can be reached.
func (w view) salvageable(own []replica) []string {
	last := ""
	for _, r := range own {
		if r.Spec.FailedAt == "" {
			return nil
		}
		last = max(last, r.Spec.FailedAt)
	}
	var chosen []string
	for _, r := range own {
		if w.salvage && r.Spec.FailedAt == last && w.up[r.Spec.NodeID] {
			chosen = append(chosen, r.Name)
		}
	}
	return chosen
}

// life is state, robustness and node of a volume. A detached one is of unknown robustness unless nothing of it is good.
func (w view) life(v volume, own []replica, d decision) (state, robustness, node string) {
	good, unbroken := 0, 0
	for _, r := range own {
		if r.Spec.FailedAt != "" || slices.Contains(d.failed, r.Name) {
			continue
		}
		unbroken++
		if w.up[r.Spec.NodeID] {
			good++
		}
	}
	wanted := v.Spec.NodeID
	switch {
	case w.faults.hits(faultVolume, v.Name), unbroken == 0:
		return "detached", "faulted", ""
	case wanted == "":
		return "detached", "unknown", ""
	case v.Status.State == "attached" && v.Status.CurrentNodeID == wanted && !w.up[wanted]:
		return "attached", "unknown", wanted
	case v.Status.State != "attached" && (!w.up[wanted] || w.faults.hits(faultAttach, v.Name)):
		return "attaching", "unknown", ""
	case good == 0:
		return "detached", "faulted", ""
	case good < v.Spec.NumberOfReplicas:
		return "attached", "degraded", wanted
	default:
		return "attached", "healthy", wanted
	}
}
