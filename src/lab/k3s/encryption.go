package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// Secrets at rest in the stages of k3s: prepare adds a key with which nothing is written yet, rotate writes with it,
// reencrypt writes every secret anew and drops the key of before. In between each server is started again, since it takes
// the file from the cluster's data at its start. rotate-keys is all of them on one server, which waits for its API server
// to read the file anew. How far a server is stands in an annotation of its Node and, for its next start, in a file.
const (
	encryptionFile      = "cred/encryption-config.json"
	encryptionStateFile = "cred/encryption-state.json"
	encryptionHash      = "k3s.io/encryption-config-hash"
	stageStart          = "start"
	stagePrepare        = "prepare"
	stageRotate         = "rotate"
	stageActive         = "reencrypt_active"
	stageFinished       = "reencrypt_finished"
)

type encryptionKey struct {
	Name   string `json:"name"`
	Secret string `json:"secret"`
}

type encryptionProvider struct {
	AESCBC   *encryptionKeys `json:"aescbc,omitempty"`
	Identity *struct{}       `json:"identity,omitempty"`
}

type encryptionKeys struct {
	Keys []encryptionKey `json:"keys"`
}

type encryptionResource struct {
	Resources []string             `json:"resources"`
	Providers []encryptionProvider `json:"providers"`
}

// encryptionConfig is what the real kube-apiserver reads.
type encryptionConfig struct {
	Kind       string               `json:"kind"`
	APIVersion string               `json:"apiVersion"`
	Resources  []encryptionResource `json:"resources"`
}

// atRest is the configuration in short: keys, the one that writes first, and whether anything is encrypted with them.
type atRest struct {
	keys    []encryptionKey
	enabled bool
}

func (a atRest) json() ([]byte, error) {
	providers := []encryptionProvider{{AESCBC: &encryptionKeys{a.keys}}, {Identity: &struct{}{}}}
	if !a.enabled {
		slices.Reverse(providers)
	}
	return json.Marshal(encryptionConfig{"EncryptionConfiguration", "apiserver.config.k8s.io/v1", []encryptionResource{{[]string{"secrets"}, providers}}})
}

func (s *server) readAtRest() (atRest, error) {
	content, err := os.ReadFile(s.path(encryptionFile))
	if err != nil {
		return atRest{}, err
	}
	var config encryptionConfig
	if err := json.Unmarshal(content, &config); err != nil {
		return atRest{}, err
	}
	var is atRest
	for i, provider := range config.Resources[0].Providers {
		if provider.AESCBC != nil {
			is = atRest{provider.AESCBC.Keys, i == 0}
		}
	}
	return is, nil
}

func (s *server) writeAtRest(is atRest) error {
	content, err := is.json()
	if err != nil {
		return err
	}
	return writeFile(s.path(encryptionFile), content, 0o600)
}

func newEncryptionKey(name string) encryptionKey {
	return encryptionKey{name, base64.StdEncoding.EncodeToString(random(32))}
}

// prepareEncryption makes the configuration of a new cluster. A joining server has it from the bundle.
func (s *server) prepareEncryption() error {
	if !s.opts.truth("secrets-encryption") || exists(s.path(encryptionFile)) {
		return nil
	}
	if err := s.writeAtRest(atRest{[]encryptionKey{newEncryptionKey("aescbckey")}, true}); err != nil {
		return err
	}
	return s.keepStage(stageStart)
}

// takeEncryption brings the files of encryption to what the cluster's data have. As k3s, a server does not start with
// files of its own that are younger: its key could be one that nobody else has.
func (s *server) takeEncryption(sealed []byte) error {
	b, err := s.openBundle(sealed)
	if err != nil {
		return err
	}
	for _, name := range []string{encryptionFile, encryptionStateFile} {
		here, err := os.ReadFile(s.path(name))
		if err != nil && !os.IsNotExist(err) {
			return err
		}
		stored, known := b.Files[name]
		if !known || bytes.Equal(here, stored) {
			continue
		}
		if about, err := os.Stat(s.path(name)); err == nil && about.ModTime().After(b.At) {
			return fmt.Errorf("%s newer than datastore and could cause a cluster outage. Remove the file from disk and restart to be recreated from datastore.", s.path(name))
		}
		if err := writeFile(s.path(name), stored, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// saveEncryption puts the files into the cluster's data, where the other servers find them at their next start.
func (s *server) saveEncryption() error {
	sealed, err := s.packBundle()
	if err != nil {
		return err
	}
	client, err := s.dataClient()
	if err != nil {
		return err
	}
	defer client.Close()
	if err := put(client, s.token.storeKey(), string(sealed)); err != nil {
		return err
	}
	return s.admin.putSecret(serverSecret, "Opaque", map[string][]byte{"bundle": sealed})
}

// encryptionNote is the annotation that the last finished stage left; empty where nothing is encrypted.
func (s *server) encryptionNote() string {
	if !exists(s.path(encryptionFile)) {
		return ""
	}
	if content, err := os.ReadFile(s.path(encryptionStateFile)); err == nil {
		return string(content)
	}
	note, _ := s.noteOf(stageStart)
	return note
}

func (s *server) noteOf(stage string) (string, error) {
	content, err := os.ReadFile(s.path(encryptionFile))
	return stage + "-" + hashOf(content), err
}

func (s *server) keepStage(stage string) error {
	note, err := s.noteOf(stage)
	if err != nil {
		return err
	}
	return writeFile(s.path(encryptionStateFile), []byte(note), 0o600)
}

func (s *server) tellStage(stage string) error {
	note, err := s.noteOf(stage)
	if err != nil {
		return err
	}
	return s.annotate(map[string]any{encryptionHash: note})
}

func (s *server) annotate(notes map[string]any) error {
	return s.admin.call("PATCH", "/api/v1/nodes/"+s.node.name, map[string]any{"metadata": map[string]any{"annotations": notes}}, nil)
}

// reach writes the configuration that a stage has, says so, and saves it.
func (s *server) reach(stage string, is atRest) error {
	if err := s.writeAtRest(is); err != nil {
		return err
	}
	if err := s.keepStage(stage); err != nil {
		return err
	}
	if err := s.tellStage(stage); err != nil {
		return err
	}
	return s.saveEncryption()
}

// mayGoOn refuses a stage out of its turn: all servers must tell the same of the configuration that this one has.
func (s *server) mayGoOn(from ...string) error {
	notes, err := s.encryptionNotes()
	if err != nil {
		return err
	}
	for name, note := range notes {
		if note != notes[s.node.name] {
			return fmt.Errorf("hash does not match between %s and %s", s.node.name, name)
		}
	}
	stage, hash, _ := strings.Cut(notes[s.node.name], "-")
	if !slices.Contains(from, stage) {
		return fmt.Errorf("incorrect stage: %s found on node %s", stage, s.node.name)
	}
	if want, err := s.noteOf(stage); err != nil || want != stage+"-"+hash {
		return fmt.Errorf("invalid hash: %s found on node %s", hash, s.node.name)
	}
	return nil
}

// encryptionNotes are the annotations of all servers that have one.
func (s *server) encryptionNotes() (map[string]string, error) {
	var nodes nodeList
	if err := s.admin.get("/api/v1/nodes?labelSelector=node-role.kubernetes.io/control-plane%3Dtrue", &nodes); err != nil {
		return nil, err
	}
	notes := map[string]string{}
	for _, n := range nodes.Items {
		if note := n.Metadata.Annotations[encryptionHash]; note != "" {
			notes[n.Metadata.Name] = note
		}
	}
	return notes, nil
}

func (s *server) encrypt(verb string, force, skip bool) error {
	may := func(from ...string) error {
		if force {
			return nil
		}
		return s.mayGoOn(from...)
	}
	is, err := s.readAtRest()
	if err != nil {
		return err
	}
	next := newEncryptionKey("aescbckey-" + time.Now().Format(time.RFC3339))
	switch verb {
	case "prepare":
		if err := may(stageStart, stageFinished); err != nil {
			return err
		}
		return s.reach(stagePrepare, atRest{append(is.keys, next), true})
	case "rotate":
		if err := may(stagePrepare); err != nil {
			return err
		}
		return s.reach(stageRotate, atRest{lastFirst(is.keys), true})
	case "reencrypt":
		if err := may(stageRotate); err != nil {
			return err
		}
		if err := s.tellStage(stageActive); err != nil {
			return err
		}
		go s.logged(func() error { return s.reencrypt(skip) })
		return nil
	case "rotate-keys":
		if err := s.mayGoOn(stageStart, stageFinished); err != nil {
			return err
		}
		return s.rotateKeys(is, next)
	case "enable", "disable":
		if is.enabled == (verb == "enable") {
			infof("Secrets encryption already %sd", verb)
			return nil
		}
		if err := s.writeAtRest(atRest{is.keys, verb == "enable"}); err != nil {
			return err
		}
		if err := s.saveEncryption(); err != nil {
			return err
		}
		return s.reencrypt(true)
	}
	return fmt.Errorf("unknown stage %s requested", verb)
}

func lastFirst(keys []encryptionKey) []encryptionKey {
	return append(slices.Clone(keys[len(keys)-1:]), keys[:len(keys)-1]...)
}

func (s *server) logged(work func() error) {
	if err := work(); err != nil {
		errorf("secrets encryption: %v", err)
	}
}

// rotateKeys saves the new key before anything is written with it, as k3s does since March 2026 (k3s #13764).
func (s *server) rotateKeys(is atRest, next encryptionKey) error {
	before, err := s.configReloads()
	if err != nil {
		return err
	}
	if err := s.tellStage(stageActive); err != nil {
		return err
	}
	if err := s.writeAtRest(atRest{append([]encryptionKey{next}, is.keys...), true}); err != nil {
		return err
	}
	if err := s.saveEncryption(); err != nil {
		return err
	}
	for begin := time.Now(); ; time.Sleep(time.Second) {
		now, err := s.configReloads()
		if err == nil && now > before {
			break
		}
		if time.Since(begin) > 2*time.Minute {
			return errors.New("apiserver has not reloaded encryption configuration")
		}
	}
	return s.reencrypt(false)
}

// configReloads is how often the API server has read the file anew; it looks once a minute.
func (s *server) configReloads() (int, error) {
	text, err := s.admin.text("/metrics")
	if err != nil {
		return 0, err
	}
	total := 0
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "apiserver_encryption_config_controller_automatic_reloads_total{") && strings.Contains(line, `status="success"`) {
			var times float64
			fmt.Sscan(line[strings.LastIndex(line, " ")+1:], &times)
			total += int(times)
		}
	}
	return total, nil
}

// reencrypt writes every secret as it is, which the API server does with its first key, and drops the last one.
func (s *server) reencrypt(skip bool) error {
	var all struct{ Items []json.RawMessage }
	if err := s.admin.get("/api/v1/secrets", &all); err != nil {
		return err
	}
	for i, each := range all.Items {
		var about struct{ Metadata metadata }
		if err := json.Unmarshal(each, &about); err != nil {
			return err
		}
		path := "/api/v1/namespaces/" + about.Metadata.Namespace + "/secrets/" + about.Metadata.Name
		if err := s.admin.call("PUT", path, each, nil); err != nil && !isCode(err, 409) && !isCode(err, 404) {
			return err
		}
		if i > 0 && i%50 == 0 {
			infof("reencrypted %d secrets", i)
		}
	}
	if skip {
		return s.annotate(map[string]any{encryptionHash: s.encryptionNote()})
	}
	is, err := s.readAtRest()
	if err != nil {
		return err
	}
	if len(is.keys) < 2 {
		return errors.New("there is no key to remove")
	}
	return s.reach(stageFinished, atRest{is.keys[:len(is.keys)-1], true})
}

// The command asks the running server, as with k3s: whoever asked may go away. k3s has an address for that; here it is a
// pair of annotations.
const (
	encryptionAsked    = "k3s.lab/encryption-asked"
	encryptionAnswered = "k3s.lab/encryption-answered"
)

// answerEncryption does what the Node of this server asks for, once.
func (s *server) answerEncryption(n node) error {
	asked := n.Metadata.Annotations[encryptionAsked]
	if asked == "" {
		return nil
	}
	if err := s.annotate(map[string]any{encryptionAsked: nil}); err != nil {
		return err
	}
	words := strings.Fields(asked)
	go s.logged(func() error {
		err := s.encrypt(words[1], slices.Contains(words, "force"), slices.Contains(words, "skip"))
		answer := words[0] + " ok"
		if err != nil {
			answer = words[0] + " " + err.Error()
		}
		return errors.Join(err, s.annotate(map[string]any{encryptionAnswered: answer}))
	})
	return nil
}

// encryptionCommand is `k3s secrets-encrypt`.
func encryptionCommand(args []string) error {
	done := map[string]string{"prepare": "prepare completed successfully", "rotate": "rotate completed successfully", "reencrypt": "reencryption started",
		"rotate-keys": "keys rotated, reencryption finished", "enable": "secrets-encryption enabled", "disable": "secrets-encryption disabled"}
	if len(args) == 0 || args[0] != "status" && done[args[0]] == "" {
		return errors.New("k3s secrets-encrypt status|prepare|rotate|reencrypt|rotate-keys|enable|disable")
	}
	flags, _, err := takeFlags(args[1:], "output", "o=output", "server", "s=server", "data-dir", "force?", "f=force?", "skip?")
	if err != nil {
		return err
	}
	s, err := liveServer()
	if err != nil {
		return err
	}
	if args[0] == "status" {
		return s.printEncryption(flags["output"])
	}
	if err := s.ask(args[0], flags["force"] != "", flags["skip"] != ""); err != nil {
		return fmt.Errorf("see server log for details: %w", err)
	}
	fmt.Println(done[args[0]])
	return nil
}

// ask waits as long as k3s's client does.
func (s *server) ask(verb string, force, skip bool) error {
	id := hashOf(random(8))[:12]
	asked := id + " " + verb
	if force {
		asked += " force"
	}
	if skip {
		asked += " skip"
	}
	if err := s.annotate(map[string]any{encryptionAsked: asked}); err != nil {
		return err
	}
	patience := 10 * time.Second
	if verb == "rotate-keys" {
		patience = 70 * time.Second
	}
	for begin := time.Now(); time.Since(begin) < patience; time.Sleep(250 * time.Millisecond) {
		var n node
		if err := s.admin.get("/api/v1/nodes/"+s.node.name, &n); err != nil {
			return err
		}
		if answer, mine := strings.CutPrefix(n.Metadata.Annotations[encryptionAnswered], id+" "); mine {
			if answer == "ok" {
				return nil
			}
			return errors.New("secret-encrypt error: " + answer)
		}
	}
	return errors.New("context deadline exceeded (Client.Timeout exceeded while awaiting headers)")
}

// encryptionState is what k3s answers, with what lies in etcd beside it, which k3s does not tell.
type encryptionState struct {
	Stage        string   `json:"stage"`
	ActiveKey    string   `json:"activekey"`
	Enable       *bool    `json:"enable,omitempty"`
	HashMatch    bool     `json:"hashmatch,omitempty"`
	HashError    string   `json:"hasherror,omitempty"`
	InactiveKeys []string `json:"inactivekeys,omitempty"`
}

func (s *server) encryptionState() (encryptionState, error) {
	is, err := s.readAtRest()
	if os.IsNotExist(err) {
		return encryptionState{}, nil
	}
	if err != nil {
		return encryptionState{}, err
	}
	notes, err := s.encryptionNotes()
	if err != nil {
		return encryptionState{}, err
	}
	state := encryptionState{Enable: &is.enabled, HashMatch: true}
	own, told := notes[s.node.name]
	if !told {
		return state, fmt.Errorf("missing annotation on node %s", s.node.name)
	}
	state.Stage, _, _ = strings.Cut(own, "-")
	for name, note := range notes {
		if note != own {
			state.HashMatch, state.HashError = false, "hash does not match between "+s.node.name+" and "+name
		}
	}
	for i, key := range is.keys {
		if i == 0 && is.enabled {
			state.ActiveKey = "AES-CBC " + key.Name
		} else {
			state.InactiveKeys = append(state.InactiveKeys, "AES-CBC "+key.Name)
		}
	}
	return state, nil
}

func (s *server) printEncryption(format string) error {
	state, err := s.encryptionState()
	if err != nil {
		return err
	}
	if format == "json" {
		return printJSON(state)
	}
	if state.Enable == nil {
		fmt.Println("Encryption Status: Disabled, no configuration file found")
		return nil
	}
	plain, total, err := s.countSecrets()
	if err != nil {
		return err
	}
	agree := state.HashError
	if state.HashMatch {
		agree = "All hashes match"
	}
	fmt.Printf("Encryption Status: %s\nCurrent Rotation Stage: %s\nServer Encryption Hashes: %s\n\nActive  Key Type  Name\n------  --------  ----\n", map[bool]string{true: "Enabled", false: "Disabled"}[*state.Enable], state.Stage, agree)
	if kind, name, ok := strings.Cut(state.ActiveKey, " "); ok {
		fmt.Printf(" *      %s   %s\n", kind, name)
	}
	for _, key := range state.InactiveKeys {
		kind, name, _ := strings.Cut(key, " ")
		fmt.Printf("        %s   %s\n", kind, name)
	}
	fmt.Printf("\nSecrets in etcd: %d, of them unencrypted: %d\n", total, plain)
	return nil
}

func (s *server) countSecrets() (plain, total int, err error) {
	client, err := s.dataClient()
	if err != nil {
		return 0, 0, err
	}
	defer client.Close()
	ctx, cancel := within(20 * time.Second)
	defer cancel()
	all, err := client.Get(ctx, "/registry/secrets/", clientv3.WithPrefix())
	if err != nil {
		return 0, 0, err
	}
	for _, pair := range all.Kvs {
		if !strings.HasPrefix(string(pair.Value), "k8s:enc:") {
			plain++
		}
	}
	return plain, len(all.Kvs), nil
}
