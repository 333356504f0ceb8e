package main

import (
	"context"
	"errors"
	"log"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// plugin is the CSI driver: what the real side-cars and the kubelet call. Controller calls write objects of Longhorn and wait
// until the manager has acted upon them; node calls mount folders of the host.
type plugin struct {
	csi.UnimplementedIdentityServer
	csi.UnimplementedControllerServer
	csi.UnimplementedNodeServer
	*cluster
	node string
	host lookedAt
}

func runPlugin(ctx context.Context) error {
	c, err := newCluster()
	if err != nil {
		return err
	}
	p := &plugin{cluster: c, node: env("NODE_NAME"), host: lookedAt{hostRoot}}
	go p.keepInStep(ctx)
	return serveSocket(ctx, strings.TrimPrefix(env("CSI_ENDPOINT"), "unix://"), func(server *grpc.Server) {
		csi.RegisterIdentityServer(server, p)
		csi.RegisterControllerServer(server, p)
		csi.RegisterNodeServer(server, p)
	})
}

// serveSocket serves until the context ends; what a killed process left of the socket is no obstacle.
func serveSocket(ctx context.Context, path string, register func(*grpc.Server)) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	server := grpc.NewServer(grpc.UnaryInterceptor(logged))
	register(server)
	go func() { <-ctx.Done(); server.Stop() }()
	return server.Serve(listener)
}

// logged writes a line for each call that failed, and for those that change something.
func logged(ctx context.Context, request any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	answer, err := handler(ctx, request)
	name := filepath.Base(info.FullMethod)
	if err != nil {
		log.Printf("%s: %v", name, err)
	} else if named, ok := request.(interface{ GetVolumeId() string }); ok && name != "NodeGetVolumeStats" {
		log.Printf("%s %s", name, named.GetVolumeId())
	}
	return answer, err
}

func (p *plugin) GetPluginInfo(context.Context, *csi.GetPluginInfoRequest) (*csi.GetPluginInfoResponse, error) {
	return &csi.GetPluginInfoResponse{Name: driverName, VendorVersion: version + "-double"}, nil
}

func (p *plugin) GetPluginCapabilities(context.Context, *csi.GetPluginCapabilitiesRequest) (*csi.GetPluginCapabilitiesResponse, error) {
	service := &csi.PluginCapability_Service_{Service: &csi.PluginCapability_Service{Type: csi.PluginCapability_Service_CONTROLLER_SERVICE}}
	return &csi.GetPluginCapabilitiesResponse{Capabilities: []*csi.PluginCapability{{Type: service}}}, nil
}

func (p *plugin) Probe(context.Context, *csi.ProbeRequest) (*csi.ProbeResponse, error) {
	return &csi.ProbeResponse{Ready: wrapperspb.Bool(true)}, nil
}

func refuse(code codes.Code, format string, parts ...any) error {
	return status.Errorf(code, format, parts...)
}
