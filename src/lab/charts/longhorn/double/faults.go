package main

import (
	"context"
	"slices"
	"strings"
)

// faults is what the ConfigMap longhorn-double-faults asks to go wrong. Each key names nodes or volumes, parted by commas or
// spaces; "*" is all of them. Without the ConfigMap nothing is wrong.
type faults map[string]string

const faultsName = "longhorn-double-faults"

const (
	faultManager      = "manager-not-ready"         // nodes whose manager answers 503 to its readiness probe
	faultRegistration = "csi-registration-missing"  // nodes on which the driver leaves the CSINode
	faultInstances    = "instance-manager-error"    // nodes whose instance manager is in state error
	faultEngineImage  = "engine-image-not-deployed" // nodes to which the engine image does not come
	faultDisk         = "disk-full"                 // nodes whose disks are under pressure
	faultVolume       = "volume-faulted"            // volumes
	faultAttach       = "attach-hangs"              // volumes that stay "attaching"
	faultProvision    = "provision-fails"           // volumes (pvc-UID) whose creation is refused
	faultSetting      = "setting-not-applied"       // settings whose status.applied stays false
	faultBackup       = "backup-target-unavailable" // the message; "s3" gives one as an S3 client words it
	faultBackupRun    = "backup-fails"              // volumes whose backups end in Error
	faultUninstall    = "uninstall-hangs"           // "*": the pre-delete hook never ends
	faultUpgrade      = "upgrade-check-fails"       // "*": the pre-upgrade hook refuses
)

type configMap struct {
	object `json:",inline"`
	Data   map[string]string `json:"data"`
}

func (c *cluster) faults(ctx context.Context) faults {
	var found configMap
	if there, err := c.find(ctx, configMaps, faultsName, &found); err != nil || !there {
		return faults{}
	}
	return found.Data
}

// hits says whether a fault is asked for this node, volume or setting.
func (f faults) hits(fault, name string) bool {
	names := strings.FieldsFunc(f[fault], func(r rune) bool { return r == ',' || r == ' ' || r == '\n' })
	return slices.Contains(names, name) || slices.Contains(names, "*")
}

// s3Refusal is worded as the S3 client of Longhorn words a refused key.
const s3Refusal = "failed to list objects with param: {\n  Bucket: \"backups\",\n  Delimiter: \"/\",\n  Prefix: \"/\"\n} error: AWS Error: SignatureDoesNotMatch The request signature we calculated does not match the signature you provided"

// backupRefusal is why the backup target cannot be reached, or nothing.
func (f faults) backupRefusal() string {
	if f[faultBackup] == "s3" {
		return s3Refusal
	}
	return f[faultBackup]
}
