package main

import (
	"bufio"
	"context"
	"errors"
	"log"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc/codes"
)

// In these folders of the host lies what is in use here: a note by volume that says where its files are, and the files of
// volumes that have no replica on this node.
const (
	notes   = hostRoot + "/var/lib/longhorn/double/in-use"
	engined = hostRoot + "/var/lib/longhorn/double/engines"
)

func (p *plugin) NodeGetInfo(context.Context, *csi.NodeGetInfoRequest) (*csi.NodeGetInfoResponse, error) {
	return &csi.NodeGetInfoResponse{NodeId: p.node}, nil
}

func (p *plugin) NodeGetCapabilities(context.Context, *csi.NodeGetCapabilitiesRequest) (*csi.NodeGetCapabilitiesResponse, error) {
	answer := &csi.NodeGetCapabilitiesResponse{}
	for _, each := range []csi.NodeServiceCapability_RPC_Type{csi.NodeServiceCapability_RPC_STAGE_UNSTAGE_VOLUME, csi.NodeServiceCapability_RPC_GET_VOLUME_STATS} {
		answer.Capabilities = append(answer.Capabilities, &csi.NodeServiceCapability{Type: &csi.NodeServiceCapability_Rpc{Rpc: &csi.NodeServiceCapability_RPC{Type: each}}})
	}
	return answer, nil
}

// NodeStageVolume brings the files of a volume to this node and shows them at the staging path. Without iscsid nothing can be
// attached, as with Longhorn, though no iSCSI is spoken here.
func (p *plugin) NodeStageVolume(ctx context.Context, r *csi.NodeStageVolumeRequest) (*csi.NodeStageVolumeResponse, error) {
	if !p.host.mayAttach() {
		return nil, refuse(codes.Internal, "volume %s: cannot start the iSCSI initiator: iscsid is not running on node %s", r.GetVolumeId(), p.node)
	}
	folder, err := p.bringHere(ctx, r.GetVolumeId())
	if err != nil {
		return nil, refuse(codes.Internal, "volume %s: %v", r.GetVolumeId(), err)
	}
	if err := errors.Join(os.MkdirAll(notes, 0o755), os.WriteFile(filepath.Join(notes, r.GetVolumeId()), []byte(folder), 0o644), bind(folder, r.GetStagingTargetPath(), false)); err != nil {
		return nil, refuse(codes.Internal, "volume %s: %v", r.GetVolumeId(), err)
	}
	return &csi.NodeStageVolumeResponse{}, nil
}

// bringHere gives the folder with the files: that of this node's replica if it is in step, else a copy of another's.
func (p *plugin) bringHere(ctx context.Context, name string) (string, error) {
	copies, err := p.copiesOf(ctx, name)
	if err != nil {
		return "", err
	}
	for _, r := range copies {
		if r.Spec.NodeID == p.node && r.Spec.FailedAt == "" {
			return folderOf(r), os.MkdirAll(folderOf(r), 0o777)
		}
	}
	standings, err := p.standings(ctx)
	if err != nil {
		return "", err
	}
	folder := filepath.Join(engined, name)
	problems := []error{errors.New("no replica in step can be reached")}
	for _, r := range copies {
		if r.Spec.FailedAt != "" || !standings[r.Spec.NodeID].up() {
			continue
		}
		err := errors.Join(os.MkdirAll(engined, 0o755), pull(ctx, standings[r.Spec.NodeID].managerIP, r, folder))
		if err == nil {
			return folder, nil
		}
		problems = append(problems, err)
	}
	return "", errors.Join(problems...)
}

func (p *plugin) copiesOf(ctx context.Context, name string) ([]replica, error) {
	all, err := list[replica](ctx, p.cluster, replicas)
	var own []replica
	for _, r := range all {
		if r.Spec.VolumeName == name && r.DeletionTimestamp == nil {
			own = append(own, r)
		}
	}
	return own, err
}

func (p *plugin) NodePublishVolume(_ context.Context, r *csi.NodePublishVolumeRequest) (*csi.NodePublishVolumeResponse, error) {
	if err := bind(r.GetStagingTargetPath(), r.GetTargetPath(), r.GetReadonly()); err != nil {
		return nil, refuse(codes.Internal, "volume %s: %v", r.GetVolumeId(), err)
	}
	return &csi.NodePublishVolumeResponse{}, nil
}

func (p *plugin) NodeUnpublishVolume(_ context.Context, r *csi.NodeUnpublishVolumeRequest) (*csi.NodeUnpublishVolumeResponse, error) {
	if err := unbind(r.GetTargetPath()); err != nil {
		return nil, refuse(codes.Internal, "volume %s: %v", r.GetVolumeId(), err)
	}
	return &csi.NodeUnpublishVolumeResponse{}, nil
}

// NodeUnstageVolume gives the files to all replicas before it says done, so that the next node reads what was written.
func (p *plugin) NodeUnstageVolume(ctx context.Context, r *csi.NodeUnstageVolumeRequest) (*csi.NodeUnstageVolumeResponse, error) {
	if err := unbind(r.GetStagingTargetPath()); err != nil {
		return nil, refuse(codes.Internal, "volume %s: %v", r.GetVolumeId(), err)
	}
	note := filepath.Join(notes, r.GetVolumeId())
	folder, err := os.ReadFile(note)
	if errors.Is(err, os.ErrNotExist) {
		return &csi.NodeUnstageVolumeResponse{}, nil
	}
	if err == nil {
		err = p.handOut(ctx, r.GetVolumeId(), string(folder))
	}
	if err == nil && strings.HasPrefix(string(folder), engined) {
		err = os.RemoveAll(string(folder))
	}
	if err = errors.Join(err, os.Remove(note)); err != nil {
		return nil, refuse(codes.Internal, "volume %s: %v", r.GetVolumeId(), err)
	}
	return &csi.NodeUnstageVolumeResponse{}, nil
}

// handOut gives the files to the replicas on other nodes. One that cannot be reached is out of step from now on, unless it
// would be the last: then the files must stay.
func (p *plugin) handOut(ctx context.Context, name, folder string) error {
	copies, err := p.copiesOf(ctx, name)
	if err != nil {
		return err
	}
	standings, err := p.standings(ctx)
	if err != nil {
		return err
	}
	inStep, failed := 0, []error{}
	for _, r := range copies {
		if r.Spec.NodeID == p.node && folder == folderOf(r) {
			inStep++
			continue
		}
		if r.Spec.FailedAt != "" {
			continue
		}
		if err := push(ctx, folder, standings[r.Spec.NodeID].managerIP, r); err != nil {
			log.Printf("replica %s is out of step: %v", r.Name, err)
			failed = append(failed, err, p.patch(ctx, replicas, r.Name, map[string]any{"spec": map[string]any{"failedAt": now()}}))
			continue
		}
		inStep++
	}
	if inStep == 0 && len(copies) > 0 {
		return errors.Join(failed...)
	}
	return nil
}

// keepInStep gives changed files to the other replicas every few seconds, since a node may end without a word. What was
// written in between is lost then: the double copies, Longhorn writes to all replicas at once.
func (p *plugin) keepInStep(ctx context.Context) {
	last := map[string]uint64{}
	for ctx.Err() == nil {
		time.Sleep(4 * time.Second)
		entries, _ := os.ReadDir(notes)
		for _, entry := range entries {
			folder, err := os.ReadFile(filepath.Join(notes, entry.Name()))
			if err != nil {
				continue
			}
			if is := fingerprint(string(folder)); is != last[entry.Name()] {
				complain("volume "+entry.Name(), p.handOut(ctx, entry.Name(), string(folder)))
				last[entry.Name()] = is
			}
		}
	}
}

func (p *plugin) NodeGetVolumeStats(_ context.Context, r *csi.NodeGetVolumeStatsRequest) (*csi.NodeGetVolumeStatsResponse, error) {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(r.GetVolumePath(), &stat); err != nil {
		return nil, refuse(codes.NotFound, "%s: %v", r.GetVolumePath(), err)
	}
	usage := &csi.VolumeUsage{Unit: csi.VolumeUsage_BYTES, Total: int64(stat.Blocks) * stat.Bsize, Available: int64(stat.Bavail) * stat.Bsize, Used: int64(stat.Blocks-stat.Bfree) * stat.Bsize}
	return &csi.NodeGetVolumeStatsResponse{Usage: []*csi.VolumeUsage{usage}}, nil
}

func bind(from, to string, readonly bool) error {
	if err := os.MkdirAll(to, 0o750); err != nil || mounted(to) {
		return err
	}
	if err := syscall.Mount(from, to, "", syscall.MS_BIND, ""); err != nil || !readonly {
		return err
	}
	return syscall.Mount("", to, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, "")
}

func unbind(path string) error {
	if mounted(path) {
		if err := syscall.Unmount(path, 0); err != nil {
			return err
		}
	}
	err := os.Remove(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

func mounted(path string) bool {
	file, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return false
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) > 4 && fields[4] == filepath.Clean(path) {
			return true
		}
	}
	return false
}
