package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// backupRoot is where the double puts backups, whatever the target's address says: a folder of the host whose manager leads.
const backupRoot = "/var/lib/longhorn/double/backupstore"

const (
	labelBackupVolume = "backup-volume" // names the volume of a backup
	finalizer         = "longhorn.io"
)

func backupFolder(parts ...string) string {
	return filepath.Join(append([]string{hostRoot, backupRoot}, parts...)...)
}

// keepSnapshots says that they are there. Nothing is kept of the moment: a backup takes what the volume holds when it is made.
func (c *cluster) keepSnapshots(ctx context.Context) error {
	all, err := list[snapshot](ctx, c, snapshots)
	var failed []error
	for _, s := range all {
		if !s.Status.ReadyToUse {
			failed = append(failed, c.setStatus(ctx, snapshots, s.Name, snapshotStatus{ReadyToUse: true, CreationTime: now()}))
		}
	}
	return errors.Join(append(failed, err)...)
}

// keepBackups copies the data of a volume when a backup of it is asked for, and removes the copy when it is deleted.
func (c *cluster) keepBackups(ctx context.Context, standings map[string]standing, f faults) error {
	all, err := list[backup](ctx, c, backups)
	if err != nil {
		return err
	}
	var failed []error
	for _, b := range all {
		switch volume := b.Labels[labelBackupVolume]; {
		case b.DeletionTimestamp != nil:
			failed = append(failed, os.RemoveAll(backupFolder(volume, b.Name)), c.release(ctx, backups, b.Name))
		case b.Status.State == "" && len(b.Finalizers) == 0: // first, so that nobody can delete it while there is a copy
			failed = append(failed, c.patch(ctx, backups, b.Name, map[string]any{"metadata": map[string]any{"finalizers": []string{finalizer}}}))
		case b.Status.State == "":
			failed = append(failed, c.makeBackup(ctx, b, volume, standings, f))
		}
	}
	return errors.Join(failed...)
}

func (c *cluster) makeBackup(ctx context.Context, b backup, volume string, standings map[string]standing, f faults) error {
	var target backupTarget
	if _, err := c.find(ctx, backupTargets, "default", &target); err != nil {
		return err
	}
	status := backupStatus{State: "Error", VolumeName: volume}
	size, err := c.copyVolume(ctx, b, volume, target, standings, f)
	if err != nil {
		status.Error = err.Error()
		return c.setStatus(ctx, backups, b.Name, status)
	}
	status = backupStatus{State: "Completed", Progress: 100, VolumeName: volume, Size: fmt.Sprint(size), BackupCreatedAt: now(),
		URL: fmt.Sprintf("%s?backup=%s&volume=%s", target.Spec.URL, b.Name, volume)}
	made := backupVolume{Spec: backupVolumeSpec{VolumeName: volume, BackupTargetName: "default"}}
	made.Name, made.Finalizers = volume, []string{finalizer}
	return errors.Join(c.create(ctx, backupVolumes, "BackupVolume", made), c.setStatus(ctx, backups, b.Name, status))
}

// copyVolume takes the data of a good replica and says how many bytes it holds.
func (c *cluster) copyVolume(ctx context.Context, b backup, volume string, target backupTarget, standings map[string]standing, f faults) (int64, error) {
	if !target.Status.Available || f.hits(faultBackupRun, volume) {
		return 0, errors.New("the backup target default is unavailable, or a fault was asked for")
	}
	var s snapshot
	if there, err := c.find(ctx, snapshots, b.Spec.SnapshotName, &s); err != nil || !there || s.Spec.Volume != volume {
		return 0, fmt.Errorf("there is no snapshot %q of volume %q", b.Spec.SnapshotName, volume)
	}
	all, err := list[replica](ctx, c, replicas)
	if err != nil {
		return 0, err
	}
	folder := backupFolder(volume, b.Name)
	for _, r := range all {
		if r.Spec.VolumeName != volume || r.Spec.FailedAt != "" || !standings[r.Spec.NodeID].up() {
			continue
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return 0, err
		}
		if err := pull(ctx, standings[r.Spec.NodeID].managerIP, r, folder); err != nil {
			return 0, err
		}
		return sizeOf(folder)
	}
	return 0, fmt.Errorf("volume %q has no good replica that can be reached", volume)
}

func sizeOf(folder string) (int64, error) {
	var size int64
	err := filepath.Walk(folder, func(_ string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() {
			size += info.Size()
		}
		return err
	})
	return size, err
}

// keepBackupVolumes lets go those that are deleted, with every backup of their volume.
func (c *cluster) keepBackupVolumes(ctx context.Context) error {
	all, err := list[backupVolume](ctx, c, backupVolumes)
	if err != nil {
		return err
	}
	copies, err := list[backup](ctx, c, backups)
	failed := []error{err}
	for _, v := range all {
		if v.DeletionTimestamp == nil {
			continue
		}
		for _, b := range copies {
			if b.Labels[labelBackupVolume] == v.Spec.VolumeName && b.DeletionTimestamp == nil {
				failed = append(failed, c.gone(ctx, backups, b.Name))
			}
		}
		failed = append(failed, os.RemoveAll(backupFolder(v.Spec.VolumeName)), c.release(ctx, backupVolumes, v.Name))
	}
	return errors.Join(failed...)
}
