package main

import (
	"context"
	"errors"
	"log"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	coordination "k8s.io/client-go/kubernetes/typed/coordination/v1"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
)

// lead runs work while this manager is the one that tends what belongs to no node. Longhorn shares that out by object; one
// leader is simpler, and from outside the same.
func (c *cluster) lead(ctx context.Context, node string, work func(context.Context)) error {
	client, err := coordination.NewForConfig(c.rest)
	if err != nil {
		return err
	}
	lock := &resourcelock.LeaseLock{LeaseMeta: metav1.ObjectMeta{Name: "longhorn-double-leader", Namespace: c.namespace}, Client: client,
		LockConfig: resourcelock.ResourceLockConfig{Identity: node}}
	for ctx.Err() == nil {
		leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{Lock: lock, ReleaseOnCancel: true,
			LeaseDuration: 12 * time.Second, RenewDeadline: 8 * time.Second, RetryPeriod: 3 * time.Second,
			Callbacks: leaderelection.LeaderCallbacks{OnStartedLeading: work, OnStoppedLeading: func() { log.Print("no longer the leader") }}})
	}
	return nil
}

// pass is one look at everything that belongs to no node. What fails is tried again with the next change, or in 10 s.
func (c *cluster) pass(ctx context.Context) {
	values, err := c.keepSettings(ctx)
	if err != nil {
		complain("settings", err)
		return
	}
	f := c.faults(ctx)
	standings, err := c.standings(ctx)
	if err != nil {
		complain("nodes", err)
		return
	}
	complain("nodes", c.markAbsent(ctx, standings))
	complain("engine image", c.keepEngineImage(ctx, standings, f))
	complain("StorageClass", c.keepStorageClass(ctx))
	complain("backup target", c.keepBackupTarget(ctx, f))
	complain("snapshots", c.keepSnapshots(ctx))
	complain("backups", c.keepBackups(ctx, standings, f))
	complain("backup volumes", c.keepBackupVolumes(ctx))
	complain("volumes", c.keepVolumes(ctx, values, standings, f))
}

// complain logs what went wrong; that somebody else was quicker is not worth a line.
func complain(what string, err error) {
	for _, each := range flat(err) {
		if !apierrors.IsConflict(each) {
			log.Printf("%s: %v", what, each)
		}
	}
}

func flat(err error) []error {
	var many interface{ Unwrap() []error }
	if err == nil {
		return nil
	}
	if errors.As(err, &many) {
		return many.Unwrap()
	}
	return []error{err}
}

// markAbsent says of nodes whose manager cannot say it that they are not ready.
func (c *cluster) markAbsent(ctx context.Context, standings map[string]standing) error {
	known, err := list[lhNode](ctx, c, lhNodes)
	if err != nil {
		return err
	}
	var failed []error
	for _, n := range known {
		s, there := standings[n.Name]
		if !there {
			failed = append(failed, c.gone(ctx, lhNodes, n.Name))
			continue
		}
		if s.up() {
			continue
		}
		status := n.Status
		status.Conditions = replaced(status.Conditions, s.ready(n.Status.Conditions))
		failed = append(failed, c.setStatus(ctx, lhNodes, n.Name, status))
	}
	return errors.Join(failed...)
}

func replaced(all []condition, next condition) []condition {
	result := []condition{next}
	for _, each := range all {
		if each.Type != next.Type {
			result = append(result, each)
		}
	}
	return result
}
