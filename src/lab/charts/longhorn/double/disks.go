package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// The labels and annotations of a Kubernetes node from which its first disks are made.
const (
	labelDefaultDisk  = "node.longhorn.io/create-default-disk"
	annotationDisks   = "node.longhorn.io/default-disks-config"
	annotationTags    = "node.longhorn.io/default-node-tags"
	settingOnlyLabels = "create-default-disk-labeled-nodes"
)

// wantedDisk is one entry of the annotation.
type wantedDisk struct {
	Name            string   `json:"name"`
	Path            string   `json:"path"`
	AllowScheduling bool     `json:"allowScheduling"`
	StorageReserved int64    `json:"storageReserved"`
	Tags            []string `json:"tags"`
}

// firstDisks are those of a node that has none yet. An annotation that cannot be read gives none, and an error to log.
func firstDisks(labels, annotations, values map[string]string, space func(string) (int64, int64, error)) (map[string]disk, error) {
	label := labels[labelDefaultDisk]
	switch {
	case label == "config":
		return configuredDisks(annotations[annotationDisks])
	case label == "true" || values[settingOnlyLabels] != "true":
		return defaultDisk(values, space)
	default:
		return nil, nil
	}
}

func configuredDisks(text string) (map[string]disk, error) {
	var wanted []wantedDisk
	if err := json.Unmarshal([]byte(text), &wanted); err != nil {
		return nil, fmt.Errorf("annotation %s: %w", annotationDisks, err)
	}
	disks := map[string]disk{}
	for _, each := range wanted {
		if !strings.HasPrefix(each.Path, "/") {
			return nil, fmt.Errorf("annotation %s: %q is no absolute path", annotationDisks, each.Path)
		}
		name := each.Name
		if name == "" {
			name = "default-disk-" + short(each.Path)
		}
		disks[name] = disk{"filesystem", each.Path, each.AllowScheduling, each.StorageReserved, each.Tags}
	}
	return disks, nil
}

func defaultDisk(values map[string]string, space func(string) (int64, int64, error)) (map[string]disk, error) {
	path := values["default-data-path"]
	all, _, err := space(path)
	if err != nil {
		return nil, err
	}
	percent := number(values["storage-reserved-percentage-for-default-disk"])
	return map[string]disk{"default-disk-" + short(path): {"filesystem", path, true, all * percent / 100, nil}}, nil
}

func short(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:4])
}

func number(text string) int64 {
	var value int64
	fmt.Sscan(text, &value)
	return value
}

// stateOf looks at one disk of this host. scheduled is what replicas on it may grow to, by replica.
func (h lookedAt) stateOf(d disk, before diskStatus, scheduled map[string]int64, values map[string]string, full bool) diskStatus {
	status := diskStatus{DiskPath: d.Path, FSType: "ext2/ext3", DiskUUID: before.DiskUUID, ScheduledReplica: scheduled}
	for _, size := range scheduled {
		status.StorageScheduled += size
	}
	uuid, err := h.diskID(d.Path)
	if err != nil {
		status.Conditions = []condition{
			judged(before.Conditions, "Ready", false, "NoDiskInfo", fmt.Sprintf("cannot find disk info on path %s: %v", d.Path, err)),
			judged(before.Conditions, "Schedulable", false, "DiskNotReady", "disk is not ready"),
		}
		return status
	}
	status.DiskUUID = uuid
	status.StorageMaximum, status.StorageAvailable, _ = h.space(d.Path)
	if full {
		status.StorageAvailable = 0
	}
	status.StorageAvailable -= status.StorageAvailable % (64 << 20) // the host is never still; its last megabytes are not news
	least := status.StorageMaximum * number(values["storage-minimal-available-percentage"]) / 100
	status.Conditions = []condition{
		judged(before.Conditions, "Ready", true, "", ""),
		judged(before.Conditions, "Schedulable", status.StorageAvailable > least, "DiskPressure",
			fmt.Sprintf("disk %s has %d available, but requires a minimum of %d to schedule more replicas", d.Path, status.StorageAvailable, least)),
	}
	return status
}

// diskID is kept in a file on the disk, so that another disk at the same path is seen.
func (h lookedAt) diskID(path string) (string, error) {
	file := h.path(path + "/longhorn-disk.cfg")
	if text, err := os.ReadFile(file); err == nil {
		var kept struct{ DiskUUID string }
		return kept.DiskUUID, json.Unmarshal(text, &kept)
	}
	uuid, err := os.ReadFile("/proc/sys/kernel/random/uuid")
	if err != nil {
		return "", err
	}
	id := strings.TrimSpace(string(uuid))
	return id, os.WriteFile(file, []byte(toJSON(map[string]string{"diskUUID": id})), 0o644)
}

func (h lookedAt) makeFolder(path string) error { return os.MkdirAll(h.path(path), 0o755) }

// nodeTags are the first tags of a node; an annotation that is no JSON list gives none.
func nodeTags(annotations map[string]string) []string {
	var tags []string
	if json.Unmarshal([]byte(annotations[annotationTags]), &tags) != nil {
		return nil
	}
	return tags
}
