package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// runUninstall is the hook before a deletion of the release. Without the flag it refuses: with the CRDs every volume would go.
func runUninstall(ctx context.Context) error {
	c, err := newCluster()
	if err != nil {
		return err
	}
	if c.faults(ctx).hits(faultUninstall, "*") {
		log.Print("a fault was asked for: " + faultUninstall)
		<-ctx.Done()
		return nil
	}
	var flag setting
	if _, err := c.find(ctx, settings, "deleting-confirmation-flag", &flag); err != nil {
		return err
	}
	if flag.Value != "true" {
		return errors.New("cannot uninstall Longhorn because deleting-confirmation-flag is set to `false`. Please set it to `true` using Longhorn UI or kubectl -n longhorn-system edit settings.longhorn.io deleting-confirmation-flag")
	}
	if err := c.emptied(ctx, volumes, 2*time.Minute); err != nil {
		return err
	}
	if err := c.emptied(ctx, replicas, time.Minute); err != nil {
		return err
	}
	if err := c.stopMakers(ctx); err != nil {
		return err
	}
	for _, kind := range []schema.GroupVersionResource{engines, backups, backupTargets, engineImages, instanceManagers, lhNodes} {
		if err := c.emptied(ctx, kind, 20*time.Second); err != nil {
			return err
		}
	}
	return c.removeDriver(ctx)
}

// stopMakers ends deployer and managers, which would make again what is about to go. The release deletes both anyway.
func (c *cluster) stopMakers(ctx context.Context) error {
	err := errors.Join(c.gone(ctx, appsGroup.WithResource("deployments"), "longhorn-driver-deployer"), c.gone(ctx, appsGroup.WithResource("daemonsets"), "longhorn-manager"))
	for end := time.Now().Add(time.Minute); err == nil && time.Now().Before(end); time.Sleep(time.Second) {
		left, problem := list[corev1.Pod](ctx, c, pods)
		if problem != nil {
			return problem
		}
		if !slices.ContainsFunc(left, func(p corev1.Pod) bool {
			return p.Labels["app"] == "longhorn-manager" || p.Labels["app"] == "longhorn-driver-deployer"
		}) {
			return nil
		}
	}
	return err
}

// emptied deletes all objects of a kind and waits until they are gone; what is left then loses its finalizers.
func (c *cluster) emptied(ctx context.Context, kind schema.GroupVersionResource, patience time.Duration) error {
	for end := time.Now().Add(patience); ; time.Sleep(time.Second) {
		left, err := c.rawList(ctx, kind)
		if err != nil || len(left) == 0 {
			return err
		}
		log.Printf("%d %s left", len(left), kind.Resource)
		for _, each := range left {
			if err := c.gone(ctx, kind, each.GetName()); err != nil {
				return err
			}
			if time.Now().After(end) {
				if err := c.release(ctx, kind, each.GetName()); err != nil {
					return err
				}
			}
		}
	}
}

// removeDriver takes away what the driver deployer and the managers made, which no release knows of.
func (c *cluster) removeDriver(ctx context.Context) error {
	background := metav1.DeletePropagationBackground
	for kind, selector := range map[schema.GroupVersionResource]string{
		appsGroup.WithResource("deployments"): madeByDouble, appsGroup.WithResource("daemonsets"): madeByDouble, storageGroup.WithResource("csidrivers"): madeByDouble,
		pods: "longhorn.io/component=instance-manager", storageClasses: doubleMark + "=true",
	} {
		err := c.of(kind).DeleteCollection(ctx, metav1.DeleteOptions{PropagationPolicy: &background}, metav1.ListOptions{LabelSelector: selector})
		if err != nil {
			return fmt.Errorf("%s: %w", kind.Resource, err)
		}
	}
	return nil
}
