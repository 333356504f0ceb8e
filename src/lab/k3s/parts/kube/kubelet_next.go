//go:build next

package main

import (
	"context"

	"github.com/spf13/cobra"
	"k8s.io/kubernetes/cmd/kubelet/app"
)

// newKubelet: from Kubernetes 1.34 on the kubelet takes a context.
func newKubelet() *cobra.Command { return app.NewKubeletCommand(context.Background()) }
