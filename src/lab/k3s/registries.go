package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"sigs.k8s.io/yaml"
)

// registries is /etc/rancher/k3s/registries.yaml as the documentation of k3s has it.
type registries struct {
	Mirrors map[string]struct {
		Endpoint []string          `json:"endpoint"`
		Rewrite  map[string]string `json:"rewrite"`
	} `json:"mirrors"`
	Configs map[string]registryConfig `json:"configs"`
}

type registryConfig struct {
	Auth *struct {
		Username string `json:"username"`
		Password string `json:"password"`
	} `json:"auth"`
	TLS struct {
		CA       string `json:"ca_file"`
		Cert     string `json:"cert_file"`
		Key      string `json:"key_file"`
		Insecure bool   `json:"insecure_skip_verify"`
	} `json:"tls"`
}

// readRegistries is empty where there is no such file. Like k3s it starts with none that it cannot understand.
func (n *nodeHost) readRegistries() (*registries, error) {
	r := &registries{}
	content, err := os.ReadFile(n.opts.text("private-registry"))
	if os.IsNotExist(err) {
		return r, nil
	}
	if err == nil {
		err = yaml.UnmarshalStrict(content, r)
	}
	if err != nil {
		return nil, fmt.Errorf("registries: %w", err)
	}
	return r, nil
}

func (n *nodeHost) hostsDir() string { return n.path("etc/containerd/certs.d") }

// writeHosts tells containerd who is asked in place of a registry, one folder each; those of an earlier start go.
func (n *nodeHost) writeHosts(r *registries) error {
	if err := os.RemoveAll(n.hostsDir()); err != nil {
		return err
	}
	names := map[string]bool{}
	for name := range r.Mirrors {
		names[name] = true
	}
	for name := range r.Configs {
		names[name] = true
	}
	for name := range names {
		if len(r.Mirrors[name].Rewrite) > 0 {
			warnf("registries.yaml: the rewrite of %s is not acted on: it takes the containerd of k3s", name)
		}
		folder := name
		if name == "*" {
			folder = "_default"
		}
		dir := filepath.Join(n.hostsDir(), folder)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		if err := writeFile(filepath.Join(dir, "hosts.toml"), []byte(r.hosts(name)), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// hosts is the text of containerd's hosts.toml: the mirrors in their order, the registry itself last.
func (r *registries) hosts(name string) string {
	var b strings.Builder
	if name != "*" {
		server := name
		if name == "docker.io" {
			server = "registry-1.docker.io"
		}
		fmt.Fprintf(&b, "server = %q\n", "https://"+server+"/v2")
		b.WriteString(r.tls(name, ""))
	}
	for _, endpoint := range r.Mirrors[name].Endpoint {
		address, host := endpointAddress(endpoint)
		fmt.Fprintf(&b, "\n[host.%q]\n  capabilities = [\"pull\", \"resolve\"]\n", address)
		b.WriteString(r.tls(host, "  "))
		if path := strings.TrimSuffix(strings.SplitN(address, host, 2)[1], "/"); path != "" && path != "/v2" {
			b.WriteString("  override_path = true\n")
		}
	}
	return b.String()
}

func (r *registries) tls(host, indent string) string {
	config, found := r.Configs[host]
	if !found {
		config = r.Configs["*"]
	}
	var b strings.Builder
	if t := config.TLS; t.CA != "" {
		fmt.Fprintf(&b, "%sca = [%q]\n", indent, t.CA)
	}
	if t := config.TLS; t.Cert != "" {
		fmt.Fprintf(&b, "%sclient = [[%q, %q]]\n", indent, t.Cert, t.Key)
	}
	if config.TLS.Insecure {
		fmt.Fprintf(&b, "%sskip_verify = true\n", indent)
	}
	return b.String()
}

// endpointAddress is the address of a mirror with the path of the API, and the host in it.
func endpointAddress(endpoint string) (string, string) {
	if !strings.Contains(endpoint, "://") {
		endpoint = "https://" + endpoint
	}
	parsed, err := url.Parse(endpoint)
	if err != nil {
		return endpoint, ""
	}
	if parsed.Path == "" || parsed.Path == "/" {
		parsed.Path = "/v2"
	}
	return parsed.String(), parsed.Host
}

// auths are the parts of containerd's own configuration that hold logins.
func (r *registries) auths() string {
	hosts := make([]string, 0, len(r.Configs))
	for host, config := range r.Configs {
		if config.Auth != nil {
			hosts = append(hosts, host)
		}
	}
	sort.Strings(hosts)
	var b strings.Builder
	for _, host := range hosts {
		auth := r.Configs[host].Auth
		fmt.Fprintf(&b, "  [plugins.'io.containerd.cri.v1.images'.registry.configs.%q.auth]\n    username = %q\n    password = %q\n", host, auth.Username, auth.Password)
	}
	return b.String()
}
