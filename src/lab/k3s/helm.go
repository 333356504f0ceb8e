package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/base64"
	"io/fs"
	"strings"
)

//go:embed manifests/traefik.yaml
var traefikManifest string

//go:embed manifests/traefik
var traefikChart embed.FS

// startHelmController starts the real one, which installs its CRDs itself and acts on HelmChart and HelmChartConfig objects.
// On several servers the holder of its lease acts.
func (s *server) startHelmController() error {
	if s.opts.truth("disable-helm-controller") {
		return nil
	}
	return s.sup.start(program{name: "helm-controller", args: []string{"--kubeconfig=" + s.path("cred/admin.kubeconfig"), "--node-name=" + s.node.name, "--threads=2"}})
}

// traefik is the HelmChart object with the chart in it.
func traefik() (string, error) {
	chart, err := packed(traefikChart, "manifests")
	if err != nil {
		return "", err
	}
	return strings.ReplaceAll(traefikManifest, "%{TRAEFIK_CHART}%", base64.StdEncoding.EncodeToString(chart)), nil
}

// packed is what is below a folder as tar.gz. The same content gives the same bytes, so that a new start changes no object.
func packed(files fs.FS, below string) ([]byte, error) {
	var buffer bytes.Buffer
	zipped := gzip.NewWriter(&buffer)
	archive := tar.NewWriter(zipped)
	err := fs.WalkDir(files, below, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		if err := archive.WriteHeader(&tar.Header{Name: strings.TrimPrefix(path, below+"/"), Mode: 0o644, Size: int64(len(content))}); err != nil {
			return err
		}
		_, err = archive.Write(content)
		return err
	})
	if err == nil {
		err = archive.Close()
	}
	if err == nil {
		err = zipped.Close()
	}
	return buffer.Bytes(), err
}
