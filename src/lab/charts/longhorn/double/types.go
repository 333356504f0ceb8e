package main

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// The objects of longhorn.io/v1beta2, with the fields that are read and written here. Field names are Longhorn's.

type condition struct {
	Type               string `json:"type"`
	Status             string `json:"status"`
	Reason             string `json:"reason,omitempty"`
	Message            string `json:"message,omitempty"`
	LastProbeTime      string `json:"lastProbeTime,omitempty"`
	LastTransitionTime string `json:"lastTransitionTime,omitempty"`
}

type object struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
}

type setting struct {
	object `json:",inline"`
	Value  string        `json:"value"`
	Status settingStatus `json:"status,omitempty"`
}
type settingStatus struct {
	Applied bool `json:"applied"`
}

type lhNode struct {
	object `json:",inline"`
	Spec   lhNodeSpec   `json:"spec"`
	Status lhNodeStatus `json:"status,omitempty"`
}
type lhNodeSpec struct {
	Name            string          `json:"name"`
	AllowScheduling bool            `json:"allowScheduling"`
	Disks           map[string]disk `json:"disks"`
	Tags            []string        `json:"tags,omitempty"`
}
type disk struct {
	Type            string   `json:"diskType"`
	Path            string   `json:"path"`
	AllowScheduling bool     `json:"allowScheduling"`
	StorageReserved int64    `json:"storageReserved"`
	Tags            []string `json:"tags,omitempty"`
}
type lhNodeStatus struct {
	Conditions []condition           `json:"conditions,omitempty"`
	DiskStatus map[string]diskStatus `json:"diskStatus,omitempty"`
}
type diskStatus struct {
	Conditions       []condition      `json:"conditions,omitempty"`
	DiskUUID         string           `json:"diskUUID,omitempty"`
	DiskPath         string           `json:"diskPath,omitempty"`
	FSType           string           `json:"filesystemType,omitempty"`
	StorageAvailable int64            `json:"storageAvailable"`
	StorageMaximum   int64            `json:"storageMaximum"`
	StorageScheduled int64            `json:"storageScheduled"`
	ScheduledReplica map[string]int64 `json:"scheduledReplica,omitempty"`
}

type volume struct {
	object `json:",inline"`
	Spec   volumeSpec   `json:"spec"`
	Status volumeStatus `json:"status,omitempty"`
}
type volumeSpec struct {
	Size                int64    `json:"size,string"`
	NumberOfReplicas    int      `json:"numberOfReplicas"`
	StaleReplicaTimeout int      `json:"staleReplicaTimeout,omitempty"`
	DataLocality        string   `json:"dataLocality,omitempty"`
	DataEngine          string   `json:"dataEngine,omitempty"`
	Frontend            string   `json:"frontend,omitempty"`
	AccessMode          string   `json:"accessMode,omitempty"`
	Image               string   `json:"image,omitempty"`
	NodeID              string   `json:"nodeID"`
	DiskSelector        []string `json:"diskSelector,omitempty"`
	NodeSelector        []string `json:"nodeSelector,omitempty"`
}
type volumeStatus struct {
	State            string            `json:"state,omitempty"`
	Robustness       string            `json:"robustness,omitempty"`
	CurrentNodeID    string            `json:"currentNodeID"`
	OwnerID          string            `json:"ownerID,omitempty"`
	Conditions       []condition       `json:"conditions,omitempty"`
	KubernetesStatus *kubernetesStatus `json:"kubernetesStatus,omitempty"`
}
type kubernetesStatus struct {
	PVName    string `json:"pvName,omitempty"`
	PVStatus  string `json:"pvStatus,omitempty"`
	Namespace string `json:"namespace,omitempty"`
	PVCName   string `json:"pvcName,omitempty"`
}

type replica struct {
	object `json:",inline"`
	Spec   replicaSpec   `json:"spec"`
	Status replicaStatus `json:"status,omitempty"`
}
type replicaSpec struct {
	VolumeName        string `json:"volumeName"`
	VolumeSize        int64  `json:"volumeSize,string"`
	NodeID            string `json:"nodeID"`
	DiskID            string `json:"diskID"`
	DiskPath          string `json:"diskPath"`
	DataDirectoryName string `json:"dataDirectoryName"`
	EngineName        string `json:"engineName,omitempty"`
	HealthyAt         string `json:"healthyAt,omitempty"`
	FailedAt          string `json:"failedAt"`
}
type replicaStatus struct {
	CurrentState string `json:"currentState,omitempty"`
	OwnerID      string `json:"ownerID,omitempty"`
}

type engine struct {
	object `json:",inline"`
	Spec   engineSpec   `json:"spec"`
	Status engineStatus `json:"status,omitempty"`
}
type engineSpec struct {
	VolumeName string `json:"volumeName"`
	VolumeSize int64  `json:"volumeSize,string"`
	NodeID     string `json:"nodeID"`
}
type engineStatus struct {
	CurrentState   string            `json:"currentState,omitempty"`
	OwnerID        string            `json:"ownerID,omitempty"`
	ReplicaModeMap map[string]string `json:"replicaModeMap,omitempty"`
}

type engineImage struct {
	object `json:",inline"`
	Spec   engineImageSpec   `json:"spec"`
	Status engineImageStatus `json:"status,omitempty"`
}
type engineImageSpec struct {
	Image string `json:"image"`
}
type engineImageStatus struct {
	State             string          `json:"state,omitempty"`
	Version           string          `json:"version,omitempty"`
	NodeDeploymentMap map[string]bool `json:"nodeDeploymentMap,omitempty"`
}

type instanceManager struct {
	object `json:",inline"`
	Spec   instanceManagerSpec   `json:"spec"`
	Status instanceManagerStatus `json:"status,omitempty"`
}
type instanceManagerSpec struct {
	NodeID     string `json:"nodeID"`
	Image      string `json:"image"`
	Type       string `json:"type"`
	DataEngine string `json:"dataEngine"`
}
type instanceManagerStatus struct {
	CurrentState string `json:"currentState,omitempty"`
	OwnerID      string `json:"ownerID,omitempty"`
	IP           string `json:"ip,omitempty"`
}

type backupTarget struct {
	object `json:",inline"`
	Spec   backupTargetSpec   `json:"spec"`
	Status backupTargetStatus `json:"status,omitempty"`
}
type backupTargetSpec struct {
	URL              string `json:"backupTargetURL"`
	CredentialSecret string `json:"credentialSecret"`
	PollInterval     string `json:"pollInterval,omitempty"`
	SyncRequestedAt  string `json:"syncRequestedAt,omitempty"`
}
type backupTargetStatus struct {
	Available    bool        `json:"available"`
	LastSyncedAt string      `json:"lastSyncedAt,omitempty"`
	Conditions   []condition `json:"conditions,omitempty"`
}

type backup struct {
	object `json:",inline"`
	Spec   backupSpec   `json:"spec"`
	Status backupStatus `json:"status,omitempty"`
}
type backupSpec struct {
	SnapshotName string            `json:"snapshotName"`
	Labels       map[string]string `json:"labels,omitempty"`
}
type backupStatus struct {
	State           string `json:"state,omitempty"`
	Progress        int    `json:"progress"`
	URL             string `json:"url,omitempty"`
	VolumeName      string `json:"volumeName,omitempty"`
	Size            string `json:"size,omitempty"`
	BackupCreatedAt string `json:"backupCreatedAt,omitempty"`
	Error           string `json:"error,omitempty"`
}

// backupVolume stands for all backups of one volume; who deletes it deletes them.
type backupVolume struct {
	object `json:",inline"`
	Spec   backupVolumeSpec   `json:"spec"`
	Status backupVolumeStatus `json:"status,omitempty"`
}
type backupVolumeSpec struct {
	VolumeName       string `json:"volumeName"`
	BackupTargetName string `json:"backupTargetName"`
}
type backupVolumeStatus struct {
	LastBackupName string `json:"lastBackupName,omitempty"`
}

type snapshot struct {
	object `json:",inline"`
	Spec   snapshotSpec   `json:"spec"`
	Status snapshotStatus `json:"status,omitempty"`
}
type snapshotSpec struct {
	Volume         string `json:"volume"`
	CreateSnapshot bool   `json:"createSnapshot"`
}
type snapshotStatus struct {
	ReadyToUse   bool   `json:"readyToUse"`
	CreationTime string `json:"creationTime,omitempty"`
}
