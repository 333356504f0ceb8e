package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

//go:embed driver.yaml
var driverManifest string

// madeByDouble selects what the deployer made: objects of no release.
const madeByDouble = doubleMark + "=true,longhorn.io/managed-by=longhorn-driver-deployer"

// runDeployer makes the driver's parts once a manager answers, and makes them again when a setting changes them.
func runDeployer(ctx context.Context) error {
	c, err := newCluster()
	if err != nil {
		return err
	}
	for !managerAnswers() {
		log.Print("waiting for a manager to answer")
		time.Sleep(2 * time.Second)
	}
	changed := c.watch(ctx, settings)
	last := ""
	each(ctx, changed, func(ctx context.Context) {
		values := map[string]string{}
		all, err := list[setting](ctx, c, settings)
		for _, s := range all {
			values[s.Name] = s.Value
		}
		if err != nil || len(all) < len(definitions) {
			complain("settings", err)
			return
		}
		text := driverText(values, os.Getenv)
		if text == last && c.driverThere(ctx, text) {
			return
		}
		if err := c.apply(ctx, text); err != nil {
			complain("driver", err)
			return
		}
		log.Print("the driver's parts are applied")
		last = text
	})
	return nil
}

func managerAnswers() bool {
	quick := http.Client{Timeout: 3 * time.Second}
	answer, err := quick.Get(env("MANAGER_URL"))
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// driverText fills the manifest: ${LIMITS component} from the setting, ${SPREAD name} from the preset, the rest from the
// environment.
func driverText(values map[string]string, env func(string) string) string {
	return os.Expand(driverManifest, func(name string) string {
		word, rest, _ := strings.Cut(name, " ")
		switch word {
		case "LIMITS":
			return limitsFor(values["system-managed-csi-components-resource-limits"], rest)
		case "SPREAD":
			return spreadOver(rest, env("CSI_POD_ANTI_AFFINITY_PRESET"))
		case "PRIORITY":
			return toJSON(values["priority-class"])
		default:
			return env(name)
		}
	})
}

// spreadOver keeps the copies of a side-car on different nodes: `hard` must, `soft` would rather.
func spreadOver(app, preset string) string {
	term := fmt.Sprintf(`{"labelSelector": {"matchLabels": {"app": %q}}, "topologyKey": "kubernetes.io/hostname"}`, app)
	if preset == "hard" {
		return `{"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [` + term + `]}}`
	}
	return `{"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 1, "podAffinityTerm": ` + term + `}]}}`
}

var driverKinds = map[string]schema.GroupVersionResource{
	"CSIDriver": storageGroup.WithResource("csidrivers"), "Deployment": appsGroup.WithResource("deployments"), "DaemonSet": appsGroup.WithResource("daemonsets"),
}

func driverObjects(text string) ([]*unstructured.Unstructured, error) {
	var all []*unstructured.Unstructured
	for _, document := range bytes.Split([]byte(text), []byte("\n---\n")) {
		one := &unstructured.Unstructured{}
		if err := yaml.Unmarshal(document, &one.Object); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func (c *cluster) apply(ctx context.Context, text string) error {
	all, err := driverObjects(text)
	if err != nil {
		return err
	}
	for _, one := range all {
		if _, err := c.of(driverKinds[one.GetKind()]).Apply(ctx, one.GetName(), one, metav1.ApplyOptions{FieldManager: "longhorn-double", Force: true}); err != nil {
			return fmt.Errorf("%s %s: %w", one.GetKind(), one.GetName(), err)
		}
	}
	return nil
}

// driverThere is false when something of the driver was deleted. What was changed by hand stays until a setting changes.
func (c *cluster) driverThere(ctx context.Context, text string) bool {
	all, err := driverObjects(text)
	if err != nil {
		return true
	}
	for _, one := range all {
		if _, err := c.raw(ctx, driverKinds[one.GetKind()], one.GetName()); apierrors.IsNotFound(err) {
			return false
		}
	}
	return true
}
