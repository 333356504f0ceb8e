//go:build !next

package main

import "k8s.io/kubernetes/cmd/kubelet/app"

var newKubelet = app.NewKubeletCommand
