package main

import (
	"context"
	"strconv"
	"time"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc/codes"
)

const gibibyte = 1 << 30

func (p *plugin) ControllerGetCapabilities(context.Context, *csi.ControllerGetCapabilitiesRequest) (*csi.ControllerGetCapabilitiesResponse, error) {
	answer := &csi.ControllerGetCapabilitiesResponse{}
	for _, each := range []csi.ControllerServiceCapability_RPC_Type{csi.ControllerServiceCapability_RPC_CREATE_DELETE_VOLUME, csi.ControllerServiceCapability_RPC_PUBLISH_UNPUBLISH_VOLUME} {
		answer.Capabilities = append(answer.Capabilities, &csi.ControllerServiceCapability{Type: &csi.ControllerServiceCapability_Rpc{Rpc: &csi.ControllerServiceCapability_RPC{Type: each}}})
	}
	return answer, nil
}

// CreateVolume writes the volume and waits for its replicas to have places.
func (p *plugin) CreateVolume(ctx context.Context, r *csi.CreateVolumeRequest) (*csi.CreateVolumeResponse, error) {
	if err := singleNode(r.GetVolumeCapabilities()); err != nil {
		return nil, err
	}
	if p.faults(ctx).hits(faultProvision, r.GetName()) {
		return nil, refuse(codes.ResourceExhausted, "a fault was asked for: %s", faultProvision)
	}
	values := p.settingValues(ctx)
	v := newVolume(r.GetName(), max(r.GetCapacityRange().GetRequiredBytes(), 16<<20), r.GetParameters(), values)
	if err := p.create(ctx, volumes, "Volume", v); err != nil {
		return nil, refuse(codes.Internal, "creating volume %s: %v", v.Name, err)
	}
	made, err := p.await(ctx, v.Name, func(v volume) bool {
		return v.Status.State != "" && v.Status.State != "creating" || len(v.Status.Conditions) > 0 && !conditionTrue(v.Status.Conditions, "Scheduled")
	})
	if err != nil {
		return nil, err
	}
	if !conditionTrue(made.Status.Conditions, "Scheduled") && (made.Status.State == "creating" || values["allow-volume-creation-with-degraded-availability"] != "true") {
		p.gone(ctx, volumes, v.Name)
		return nil, refuse(codes.ResourceExhausted, "volume %s: %s", v.Name, made.Status.Conditions[0].Message)
	}
	return &csi.CreateVolumeResponse{Volume: &csi.Volume{VolumeId: v.Name, CapacityBytes: v.Spec.Size, VolumeContext: r.GetParameters()}}, nil
}

func newVolume(name string, size int64, parameters, values map[string]string) volume {
	v := volume{Spec: volumeSpec{Size: size, DataEngine: "v1", Frontend: "blockdev", AccessMode: "rwo", Image: env("ENGINE_IMAGE"), DataLocality: parameters["dataLocality"]}}
	v.Name, v.Finalizers = name, []string{"longhorn.io"}
	v.Labels = map[string]string{"longhornvolume": name}
	v.Spec.NumberOfReplicas, _ = strconv.Atoi(parameters["numberOfReplicas"])
	if v.Spec.NumberOfReplicas == 0 {
		v.Spec.NumberOfReplicas = int(number(forV1(values["default-replica-count"])))
	}
	v.Spec.StaleReplicaTimeout, _ = strconv.Atoi(parameters["staleReplicaTimeout"])
	v.Spec.DiskSelector, v.Spec.NodeSelector = words(parameters["diskSelector"]), words(parameters["nodeSelector"])
	return v
}

func singleNode(all []*csi.VolumeCapability) error {
	for _, each := range all {
		if each.GetBlock() != nil {
			return refuse(codes.InvalidArgument, "the double has no block volumes")
		}
		if each.GetAccessMode().GetMode() >= csi.VolumeCapability_AccessMode_MULTI_NODE_READER_ONLY && each.GetAccessMode().GetMode() <= csi.VolumeCapability_AccessMode_MULTI_NODE_MULTI_WRITER {
			return refuse(codes.InvalidArgument, "the double has no share manager: ReadWriteOnce only")
		}
	}
	return nil
}

func (p *plugin) settingValues(ctx context.Context) map[string]string {
	all, _ := list[setting](ctx, p.cluster, settings)
	values := map[string]string{}
	for _, s := range all {
		values[s.Name] = s.Value
	}
	return values
}

// await asks until the volume is as wanted. Whoever called gives up after its own time and calls again.
func (p *plugin) await(ctx context.Context, name string, wanted func(volume) bool) (volume, error) {
	for {
		var v volume
		there, err := p.find(ctx, volumes, name, &v)
		if err == nil && !there {
			return v, refuse(codes.NotFound, "volume %s not found", name)
		}
		if err == nil && wanted(v) {
			return v, nil
		}
		select {
		case <-ctx.Done():
			return v, refuse(codes.DeadlineExceeded, "volume %s is %s %s", name, v.Status.State, v.Status.Robustness)
		case <-time.After(300 * time.Millisecond):
		}
	}
}

func (p *plugin) DeleteVolume(ctx context.Context, r *csi.DeleteVolumeRequest) (*csi.DeleteVolumeResponse, error) {
	if err := p.gone(ctx, volumes, r.GetVolumeId()); err != nil {
		return nil, refuse(codes.Internal, "deleting volume %s: %v", r.GetVolumeId(), err)
	}
	if _, err := p.await(ctx, r.GetVolumeId(), func(volume) bool { return false }); !notFound(err) {
		return nil, err
	}
	return &csi.DeleteVolumeResponse{}, nil
}

// ControllerPublishVolume asks for the volume on a node and waits for "attached". It is not taken from another node.
func (p *plugin) ControllerPublishVolume(ctx context.Context, r *csi.ControllerPublishVolumeRequest) (*csi.ControllerPublishVolumeResponse, error) {
	var v volume
	there, err := p.find(ctx, volumes, r.GetVolumeId(), &v)
	if err != nil || !there {
		return nil, refuse(codes.NotFound, "volume %s not found (%v)", r.GetVolumeId(), err)
	}
	if v.Spec.NodeID != "" && v.Spec.NodeID != r.GetNodeId() {
		return nil, refuse(codes.FailedPrecondition, "volume %s is attached to node %s already", v.Name, v.Spec.NodeID)
	}
	if v.Status.Robustness == "faulted" {
		return nil, refuse(codes.Aborted, "volume %s is not ready for workloads: volume is faulted", v.Name)
	}
	if err := p.patch(ctx, volumes, v.Name, map[string]any{"spec": map[string]any{"nodeID": r.GetNodeId()}}); err != nil {
		return nil, refuse(codes.Internal, "attaching volume %s: %v", v.Name, err)
	}
	_, err = p.await(ctx, v.Name, func(v volume) bool {
		return v.Status.State == "attached" && v.Status.CurrentNodeID == r.GetNodeId()
	})
	return &csi.ControllerPublishVolumeResponse{}, err
}

func (p *plugin) ControllerUnpublishVolume(ctx context.Context, r *csi.ControllerUnpublishVolumeRequest) (*csi.ControllerUnpublishVolumeResponse, error) {
	var v volume
	there, err := p.find(ctx, volumes, r.GetVolumeId(), &v)
	if err != nil {
		return nil, refuse(codes.Internal, "%v", err)
	}
	if !there || v.Spec.NodeID != r.GetNodeId() {
		return &csi.ControllerUnpublishVolumeResponse{}, nil
	}
	if err := p.patch(ctx, volumes, v.Name, map[string]any{"spec": map[string]any{"nodeID": ""}}); err != nil {
		return nil, refuse(codes.Internal, "detaching volume %s: %v", v.Name, err)
	}
	_, err = p.await(ctx, v.Name, func(v volume) bool { return v.Status.State == "detached" })
	return &csi.ControllerUnpublishVolumeResponse{}, err
}

func (p *plugin) ValidateVolumeCapabilities(_ context.Context, r *csi.ValidateVolumeCapabilitiesRequest) (*csi.ValidateVolumeCapabilitiesResponse, error) {
	if err := singleNode(r.GetVolumeCapabilities()); err != nil {
		return &csi.ValidateVolumeCapabilitiesResponse{Message: err.Error()}, nil
	}
	return &csi.ValidateVolumeCapabilitiesResponse{Confirmed: &csi.ValidateVolumeCapabilitiesResponse_Confirmed{VolumeCapabilities: r.GetVolumeCapabilities()}}, nil
}
