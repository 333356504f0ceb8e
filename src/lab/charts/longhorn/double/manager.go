package main

import (
	"context"
	"errors"
	"log"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// manager tends what belongs to its own node: the node's object and disks, its instance manager, the data of its replicas.
type manager struct {
	*cluster
	node string
	host lookedAt
}

func runManager(ctx context.Context) error {
	c, err := newCluster()
	if err != nil {
		return err
	}
	m := &manager{c, env("NODE_NAME"), lookedAt{hostRoot}}
	if !m.host.hasIscsiadm() {
		return errors.New("Error starting manager: failed environment check, please make sure you have iscsiadm/open-iscsi installed on the host")
	}
	changed := c.watch(ctx, settings, lhNodes, volumes, replicas, engines, engineImages, instanceManagers, backupTargets, backups, backupVolumes, snapshots, configMaps, pods, kubeNodes, volumesOfKube, storageClasses)
	go m.serve()
	mine, leaders := make(chan struct{}, 1), make(chan struct{}, 1)
	go spread(ctx, changed, mine, leaders)
	go func() {
		complain("leader", c.lead(ctx, m.node, func(ctx context.Context) { each(ctx, leaders, c.pass) }))
	}()
	each(ctx, mine, m.tend)
	return nil
}

// spread tells each listener of a change; one that has not come to the last one yet needs no second.
func spread(ctx context.Context, from <-chan struct{}, to ...chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-from:
		}
		for _, listener := range to {
			select {
			case listener <- struct{}{}:
			default:
			}
		}
	}
}

// each does the work after every change, and every 10 s for what no watch tells (a disk that fills, a process that ended).
// Changes that come together are one: the wait is what keeps the double cheap.
func each(ctx context.Context, changed <-chan struct{}, work func(context.Context)) {
	for ctx.Err() == nil {
		work(ctx)
		select {
		case <-ctx.Done():
		case <-changed:
		case <-time.After(10 * time.Second):
		}
		time.Sleep(300 * time.Millisecond)
	}
}

// tend is one look at everything that belongs to this node. Before the settings are made there is nothing to go by.
func (m *manager) tend(ctx context.Context) {
	values, err := m.values(ctx)
	if err != nil || len(values) < len(definitions) {
		complain("settings", err)
		return
	}
	f := m.faults(ctx)
	complain("node", m.keepNode(ctx, values, f))
	complain("instance manager", m.keepInstanceManager(ctx, values, f))
	complain("replicas", m.keepReplicas(ctx))
}

func (m *manager) values(ctx context.Context) (map[string]string, error) {
	all, err := list[setting](ctx, m.cluster, settings)
	values := map[string]string{}
	for _, s := range all {
		values[s.Name] = s.Value
	}
	return values, err
}

func (m *manager) keepNode(ctx context.Context, values map[string]string, f faults) error {
	standings, err := m.standings(ctx)
	if err != nil {
		return err
	}
	own := standings[m.node]
	var is lhNode
	there, err := m.find(ctx, lhNodes, m.node, &is)
	if err != nil {
		return err
	}
	if !there {
		made := lhNode{Spec: lhNodeSpec{Name: m.node, AllowScheduling: true, Disks: map[string]disk{}, Tags: nodeTags(own.node.Annotations)}}
		made.Name = m.node
		return m.create(ctx, lhNodes, "Node", made)
	}
	if len(is.Spec.Disks) == 0 {
		if made, err := m.makeDisks(ctx, own, values); made || err != nil {
			return err
		}
	}
	scheduled, err := m.scheduled(ctx)
	if err != nil {
		return err
	}
	before := is.Status.Conditions
	status := lhNodeStatus{DiskStatus: map[string]diskStatus{}, Conditions: append([]condition{own.ready(before), own.schedulable(before, values)}, m.host.environment(before)...)}
	for name, d := range is.Spec.Disks {
		before := is.Status.DiskStatus[name]
		status.DiskStatus[name] = m.host.stateOf(d, before, scheduled[before.DiskUUID], values, f.hits(faultDisk, m.node))
	}
	return m.setStatus(ctx, lhNodes, m.node, status)
}

// makeDisks says whether it made some. The folder of the default disk is made too, that of a configured one must be there.
func (m *manager) makeDisks(ctx context.Context, own standing, values map[string]string) (bool, error) {
	if err := m.host.makeFolder(values["default-data-path"]); err != nil {
		return false, err
	}
	made, err := firstDisks(own.node.Labels, own.node.Annotations, values, m.host.space)
	if err != nil {
		log.Printf("no disk is made: %v", err)
		return false, nil
	}
	if len(made) == 0 {
		return false, nil
	}
	err = m.patch(ctx, lhNodes, m.node, map[string]any{"spec": map[string]any{"disks": made}})
	if apierrors.IsNotFound(err) {
		return true, nil
	}
	return true, err
}

// scheduled is what replicas may grow to, by disk and replica.
func (m *manager) scheduled(ctx context.Context) (map[string]map[string]int64, error) {
	all, err := list[replica](ctx, m.cluster, replicas)
	if err != nil {
		return nil, err
	}
	byDisk := map[string]map[string]int64{}
	for _, r := range all {
		if byDisk[r.Spec.DiskID] == nil {
			byDisk[r.Spec.DiskID] = map[string]int64{}
		}
		byDisk[r.Spec.DiskID][r.Name] = r.Spec.VolumeSize
	}
	return byDisk, nil
}
