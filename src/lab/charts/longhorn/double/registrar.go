package main

import (
	"context"
	"errors"
	"log"
	"net"
	"os"
	"path/filepath"
	"time"

	"google.golang.org/grpc"
	registration "k8s.io/kubelet/pkg/apis/pluginregistration/v1"
)

// registrar stands in for node-driver-registrar: it tells the kubelet where the driver's socket is. With the fault it takes
// its own socket away, upon which the kubelet takes the driver out of the CSINode.
type registrar struct{ endpoint string }

func runRegistrar(ctx context.Context) error {
	c, err := newCluster()
	if err != nil {
		return err
	}
	socket := filepath.Join("/registration", driverName+"-reg.sock")
	r := &registrar{env("DRIVER_REG_SOCK_PATH")}
	for ctx.Err() == nil && !answers("/csi/csi.sock") {
		time.Sleep(time.Second) // the kubelet asks the driver at once, and does not try again
	}
	for ctx.Err() == nil {
		r.whileWanted(ctx, c, socket)
		time.Sleep(3 * time.Second)
	}
	return nil
}

// whileWanted serves the socket for as long as no fault is asked for, and takes it away at the end.
func (r *registrar) whileWanted(ctx context.Context, c *cluster, socket string) {
	if c.faults(ctx).hits(faultRegistration, env("NODE_NAME")) {
		return
	}
	serving, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() {
		ended <- serveSocket(serving, socket, func(server *grpc.Server) { registration.RegisterRegistrationServer(server, r) })
	}()
	for {
		select {
		case err := <-ended:
			if err != nil {
				log.Printf("registration: %v", err)
			}
			return
		case <-time.After(5 * time.Second):
		}
		if c.faults(ctx).hits(faultRegistration, env("NODE_NAME")) {
			log.Printf("a fault was asked for: %s", faultRegistration)
			if err := os.Remove(socket); err != nil && !errors.Is(err, os.ErrNotExist) {
				log.Print(err)
			}
			return
		}
	}
}

func answers(socket string) bool {
	connection, err := net.Dial("unix", socket)
	if err != nil {
		return false
	}
	connection.Close()
	return true
}

func (r *registrar) GetInfo(context.Context, *registration.InfoRequest) (*registration.PluginInfo, error) {
	return &registration.PluginInfo{Type: registration.CSIPlugin, Name: driverName, Endpoint: r.endpoint, SupportedVersions: []string{"1.0.0"}}, nil
}

func (r *registrar) NotifyRegistrationStatus(_ context.Context, s *registration.RegistrationStatus) (*registration.RegistrationStatusResponse, error) {
	log.Printf("registered with the kubelet: %t %s", s.PluginRegistered, s.Error)
	if !s.PluginRegistered {
		os.Exit(1) // a new start is a new registration
	}
	return &registration.RegistrationStatusResponse{}, nil
}
