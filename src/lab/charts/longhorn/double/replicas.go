package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func folderOf(r replica) string {
	return filepath.Join(hostRoot, r.Spec.DiskPath, "replicas", r.Spec.DataDirectoryName, "data")
}

// keepReplicas makes the folders of this node's replicas, mends those that failed, and removes those that are deleted.
func (m *manager) keepReplicas(ctx context.Context) error {
	all, err := list[replica](ctx, m.cluster, replicas)
	if err != nil {
		return err
	}
	var failed []error
	for _, r := range all {
		if r.Spec.NodeID != m.node {
			continue
		}
		switch {
		case r.DeletionTimestamp != nil:
			failed = append(failed, os.RemoveAll(filepath.Dir(folderOf(r))), m.release(ctx, replicas, r.Name))
		case r.Spec.FailedAt != "":
			failed = append(failed, m.rebuild(ctx, r, all))
		default:
			failed = append(failed, os.MkdirAll(folderOf(r), 0o777), m.setStatus(ctx, replicas, r.Name, m.replicaStatus(ctx, r)))
		}
	}
	return errors.Join(failed...)
}

func (m *manager) replicaStatus(ctx context.Context, r replica) replicaStatus {
	var v volume
	if there, err := m.find(ctx, volumes, r.Spec.VolumeName, &v); err == nil && there && v.Status.State == "attached" {
		return replicaStatus{"running", m.node}
	}
	return replicaStatus{"stopped", m.node}
}

// rebuild takes the data of a replica that is in step, on another node. Without one there is nothing to do but wait.
func (m *manager) rebuild(ctx context.Context, r replica, all []replica) error {
	standings, err := m.standings(ctx)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.Spec.VolumeName != r.Spec.VolumeName || other.Spec.FailedAt != "" || other.Spec.NodeID == m.node || !standings[other.Spec.NodeID].up() {
			continue
		}
		log.Printf("replica %s: rebuilding from %s on %s", r.Name, other.Name, other.Spec.NodeID)
		if err := pull(ctx, standings[other.Spec.NodeID].managerIP, other, folderOf(r)); err != nil {
			return fmt.Errorf("rebuilding %s: %w", r.Name, err)
		}
		return m.patch(ctx, replicas, r.Name, map[string]any{"spec": map[string]any{"failedAt": "", "healthyAt": now()}})
	}
	return nil
}

var between = http.Client{Timeout: 2 * time.Minute}

func addressOf(managerIP string, r replica) string {
	return fmt.Sprintf("http://%s:9500/double/replicas/%s", managerIP, r.Name)
}

// pull takes the data of a replica from its node's manager into a folder of this host.
func pull(ctx context.Context, managerIP string, from replica, into string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, addressOf(managerIP, from), nil)
	if err != nil {
		return err
	}
	answer, err := between.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", request.URL, answer.Status)
	}
	return readTree(into, answer.Body)
}

// push gives a folder of this host to the manager on the node of a replica.
func push(ctx context.Context, folder, managerIP string, to replica) error {
	reader, writer := io.Pipe()
	go func() { writer.CloseWithError(writeTree(folder, writer)) }()
	defer reader.Close()
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, addressOf(managerIP, to), reader)
	if err != nil {
		return err
	}
	answer, err := between.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusNoContent {
		text, _ := io.ReadAll(io.LimitReader(answer.Body, 500))
		return fmt.Errorf("%s: %s: %s", request.URL, answer.Status, strings.TrimSpace(string(text)))
	}
	return nil
}
