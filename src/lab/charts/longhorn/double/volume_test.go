package main

import (
	"fmt"
	"testing"
)

func nodesUp(names ...string) view {
	w := view{up: map[string]bool{}, salvage: true, faults: faults{}}
	for i, name := range names {
		w.up[name] = true
		w.places = append(w.places, place{node: name, diskID: "disk-" + name, path: "/data", room: int64(1000 - i)})
	}
	return w
}

func volumeOf(replicas int, state, on, wanted string) volume {
	v := volume{Spec: volumeSpec{Size: 100, NumberOfReplicas: replicas, NodeID: wanted}, Status: volumeStatus{State: state, CurrentNodeID: on}}
	v.Name = "vol"
	return v
}

func copiesOn(nodes ...string) []replica {
	var all []replica
	for i, node := range nodes {
		all = append(all, newReplica(volumeOf(0, "", "", ""), place{node: node}, i))
	}
	return all
}

func expect(t *testing.T, d decision, state, robustness, node string) {
	t.Helper()
	if d.status.State != state || d.status.Robustness != robustness || d.status.CurrentNodeID != node {
		t.Errorf("%s %s on %q, not %s %s on %q", d.status.State, d.status.Robustness, d.status.CurrentNodeID, state, robustness, node)
	}
}

func TestANewVolumeGetsReplicasOnDifferentNodes(t *testing.T) {
	d := decide(volumeOf(2, "", "", ""), nil, nodesUp("a", "b", "c"))
	expect(t, d, "creating", "unknown", "")
	if len(d.create) != 2 || d.create[0].Spec.NodeID != "a" || d.create[1].Spec.NodeID != "b" {
		t.Errorf("placed wrongly: %+v", d.create)
	}
	if !conditionTrue(d.status.Conditions, "Scheduled") {
		t.Error("not scheduled")
	}
}

func TestTwoReplicasNeedTwoNodesUnlessTheyMayShareOne(t *testing.T) {
	w := nodesUp("a")
	d := decide(volumeOf(2, "", "", ""), nil, w)
	if len(d.create) != 1 || conditionTrue(d.status.Conditions, "Scheduled") {
		t.Errorf("%d replicas, %+v", len(d.create), d.status.Conditions)
	}
	w.softAnti = true
	d = decide(volumeOf(2, "", "", ""), nil, w)
	if len(d.create) != 2 || d.create[0].Name == d.create[1].Name || d.create[1].Spec.NodeID != "a" {
		t.Errorf("not shared: %+v", d.create)
	}
}

func TestASecondDiskOfANodeIsNoSecondNode(t *testing.T) {
	w := nodesUp("a", "b")
	w.places = append(w.places, place{node: "a", diskID: "disk-a2", path: "/data2", room: 2000})
	d := decide(volumeOf(2, "", "", ""), nil, w)
	if len(d.create) != 2 || d.create[0].Spec.DiskID != "disk-a2" || d.create[1].Spec.NodeID != "b" {
		t.Errorf("placed wrongly: %+v", d.create)
	}
	delete(w.up, "b")
	if d := decide(volumeOf(2, "", "", ""), nil, w); len(d.create) != 1 {
		t.Errorf("two on one node: %+v", d.create)
	}
}

func TestADiskWithoutRoomOrTheWrongTagsTakesNoReplica(t *testing.T) {
	w := nodesUp("a", "b")
	w.places[0].room = 99
	v := volumeOf(1, "", "", "")
	if d := decide(v, nil, w); d.create[0].Spec.NodeID != "b" {
		t.Errorf("placed on a full disk: %+v", d.create)
	}
	v.Spec.DiskSelector = []string{"ssd"}
	if d := decide(v, nil, w); len(d.create) != 0 {
		t.Errorf("placed without the tag: %+v", d.create)
	}
}

func TestLifeOfAVolumeFollowsItsNodes(t *testing.T) {
	both := copiesOn("a", "b")
	failed := copiesOn("a", "b")
	failed[1].Spec.FailedAt = "2026-01-01T00:00:00Z"
	onlyA := nodesUp("a", "b")
	onlyA.up["b"] = false
	onlyB := nodesUp("a", "b")
	onlyB.up["a"] = false
	for i, c := range []struct {
		v                       volume
		own                     []replica
		w                       view
		state, robustness, node string
	}{
		{volumeOf(2, "creating", "", ""), both, nodesUp("a", "b"), "detached", "unknown", ""},
		{volumeOf(2, "detached", "", "a"), both, nodesUp("a", "b"), "attached", "healthy", "a"},
		{volumeOf(2, "attached", "a", "a"), both, onlyA, "attached", "degraded", "a"},
		{volumeOf(2, "attached", "a", "a"), failed, nodesUp("a", "b"), "attached", "degraded", "a"},
		{volumeOf(2, "attached", "a", "a"), both, onlyB, "attached", "unknown", "a"},
		{volumeOf(2, "detached", "", "a"), both, onlyB, "attaching", "unknown", ""},
		{volumeOf(1, "detached", "", "b"), both[:1], onlyB, "detached", "faulted", ""},
		{volumeOf(2, "attached", "a", ""), both, nodesUp("a", "b"), "detached", "unknown", ""},
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) { expect(t, decide(c.v, c.own, c.w), c.state, c.robustness, c.node) })
	}
}

func TestAReplicaOfAVolumeInUseFailsWithItsNodeAndOnlyThen(t *testing.T) {
	w := nodesUp("a", "b")
	w.up["b"] = false
	if d := decide(volumeOf(2, "attached", "a", "a"), copiesOn("a", "b"), w); len(d.failed) != 1 {
		t.Errorf("failed: %v", d.failed)
	}
	if d := decide(volumeOf(2, "detached", "", ""), copiesOn("a", "b"), w); len(d.failed) != 0 {
		t.Errorf("a replica that nothing was written past has failed: %v", d.failed)
	}
}

func TestOfFailedReplicasTheLastIsSalvaged(t *testing.T) {
	own := copiesOn("a", "b")
	own[0].Spec.FailedAt, own[1].Spec.FailedAt = "2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z"
	w := nodesUp("a", "b")
	d := decide(volumeOf(2, "detached", "", ""), own, w)
	if len(d.salvaged) != 1 || d.salvaged[0] != own[1].Name {
		t.Errorf("salvaged: %v", d.salvaged)
	}
	w.salvage = false
	if d := decide(volumeOf(2, "detached", "", ""), own, w); len(d.salvaged) != 0 {
		t.Error("salvaged though the setting forbids it")
	}
}

func TestFaultsAreDoneOnCommand(t *testing.T) {
	w := nodesUp("a", "b")
	w.faults = faults{faultAttach: "other, vol"}
	expect(t, decide(volumeOf(2, "detached", "", "a"), copiesOn("a", "b"), w), "attaching", "unknown", "")
	w.faults = faults{faultVolume: "*"}
	expect(t, decide(volumeOf(2, "attached", "a", "a"), copiesOn("a", "b"), w), "detached", "faulted", "")
	w.faults = faults{faultVolume: "volume"}
	expect(t, decide(volumeOf(2, "attached", "a", "a"), copiesOn("a", "b"), w), "attached", "healthy", "a")
}
