package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func reasons(all []condition) string {
	var text []string
	for _, each := range all {
		if each.Status != "True" {
			text = append(text, each.Reason)
		}
	}
	return strings.Join(text, " ")
}

func TestConditionsSayWhatTheHostLacks(t *testing.T) {
	h := lookedAt{t.TempDir()}
	if is := reasons(h.environment(nil)); is != "PackagesNotInstalled NFSClientIsNotFound KernelModulesNotLoaded" {
		t.Errorf("a bare host: %s", is)
	}
	var status strings.Builder
	for _, name := range []string{"open-iscsi", "nfs-common", "cryptsetup", "dmsetup"} {
		status.WriteString("Package: " + name + "\nStatus: install ok installed\nPriority: optional\n\n")
	}
	write(t, h.path("var/lib/dpkg/status"), status.String())
	write(t, h.path("sys/module/nfs/refcnt"), "0")
	write(t, h.path("lib/modules/"+kernelRelease()+"/modules.builtin"), "kernel/drivers/md/dm_crypt.ko\n")
	if is := reasons(h.environment(nil)); is != "" {
		t.Errorf("a host with all of it: %s", is)
	}
	write(t, h.path("proc/17/comm"), "multipathd\n")
	if is := reasons(h.environment(nil)); is != "MultipathdIsRunning" {
		t.Errorf("a host with multipathd: %s", is)
	}
}

func TestAVolumeMayBeAttachedWhereIscsidLivesOrItsSocketDoes(t *testing.T) {
	h := lookedAt{t.TempDir()}
	if h.mayAttach() {
		t.Error("without either")
	}
	write(t, h.path("proc/1/net/unix"), "0000: 00000002 00000000 00010000 0001 01 17 @ISCSIADM_ABSTRACT_NAMESPACE\n")
	if !h.mayAttach() {
		t.Error("not with the socket")
	}
	write(t, h.path("proc/1/net/unix"), "")
	write(t, h.path("proc/44/comm"), "iscsid\n")
	if !h.mayAttach() {
		t.Error("not with the process")
	}
}

func TestFirstDisksComeFromLabelAndAnnotation(t *testing.T) {
	space := func(string) (int64, int64, error) { return 1000, 500, nil }
	values := map[string]string{settingOnlyLabels: "true", "default-data-path": "/var/lib/longhorn/", "storage-reserved-percentage-for-default-disk": "30"}
	if made, _ := firstDisks(nil, nil, values, space); len(made) != 0 {
		t.Errorf("a node without the label got %v", made)
	}
	made, err := firstDisks(map[string]string{labelDefaultDisk: "true"}, nil, values, space)
	if err != nil || len(made) != 1 {
		t.Fatalf("%v, %v", made, err)
	}
	for _, d := range made {
		if d.Path != "/var/lib/longhorn/" || d.StorageReserved != 300 || !d.AllowScheduling {
			t.Errorf("the default disk is %+v", d)
		}
	}
	config := map[string]string{annotationDisks: `[{"path":"/mnt/ssd","allowScheduling":true,"storageReserved":7,"tags":["ssd"],"name":"ssd"}]`}
	made, err = firstDisks(map[string]string{labelDefaultDisk: "config"}, config, values, space)
	if err != nil || made["ssd"].Path != "/mnt/ssd" || made["ssd"].StorageReserved != 7 || made["ssd"].Tags[0] != "ssd" {
		t.Errorf("%v, %v", made, err)
	}
	if _, err := firstDisks(map[string]string{labelDefaultDisk: "config"}, map[string]string{annotationDisks: "{"}, values, space); err == nil {
		t.Error("an annotation that is no JSON was read")
	}
	values[settingOnlyLabels] = "false"
	if made, _ := firstDisks(nil, nil, values, space); len(made) != 1 {
		t.Error("without the setting every node has a disk")
	}
}

func TestADiskThatIsNotThereIsNotReadyAndAFullOneNotSchedulable(t *testing.T) {
	h := lookedAt{t.TempDir()}
	values := map[string]string{"storage-minimal-available-percentage": "0"}
	if is := reasons(h.stateOf(disk{Path: "/gone"}, diskStatus{}, nil, values, false).Conditions); is != "NoDiskInfo DiskNotReady" {
		t.Errorf("a disk that is not there: %s", is)
	}
	write(t, h.path("there/file"), "")
	first := h.stateOf(disk{Path: "/there"}, diskStatus{}, map[string]int64{"r": 5}, values, false)
	if is := reasons(first.Conditions); is != "" || first.StorageScheduled != 5 || first.DiskUUID == "" {
		t.Errorf("a disk that is there: %s %+v", is, first)
	}
	full := h.stateOf(disk{Path: "/there"}, diskStatus{}, nil, values, true)
	if is := reasons(full.Conditions); is != "DiskPressure" || full.DiskUUID != first.DiskUUID {
		t.Errorf("a full disk: %s", is)
	}
}

func TestAFolderArrivesAsItWas(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "data")
	write(t, filepath.Join(from, "sub/file"), "kept")
	if err := os.Chmod(filepath.Join(from, "sub/file"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("sub/file", filepath.Join(from, "link")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(to, "old"), "goes")
	var stream bytes.Buffer
	if err := writeTree(from, &stream); err != nil {
		t.Fatal(err)
	}
	whole := stream.Bytes()
	if err := readTree(to, bytes.NewReader(whole)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(to, "link"))
	info, _ := os.Stat(filepath.Join(to, "sub/file"))
	if err != nil || string(text) != "kept" || info.Mode().Perm() != 0o640 {
		t.Errorf("%q %v %v", text, info, err)
	}
	if _, err := os.Stat(filepath.Join(to, "old")); err == nil {
		t.Error("what is not sent stays")
	}
	if err := readTree(to, bytes.NewReader(whole[:len(whole)/2])); err == nil {
		t.Error("half an archive was taken for a whole one")
	}
	if text, _ := os.ReadFile(filepath.Join(to, "link")); string(text) != "kept" {
		t.Error("half an archive took away what was there")
	}
}

func TestTheFingerprintChangesWithWhatIsWritten(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "a"), "1")
	before := fingerprint(folder)
	if fingerprint(folder) != before {
		t.Error("it changes by itself")
	}
	write(t, filepath.Join(folder, "b"), "")
	if fingerprint(folder) == before {
		t.Error("a new file is not seen")
	}
}

func TestUpgradesGoOneMinorVersionForward(t *testing.T) {
	for _, c := range []struct {
		from, to string
		good     bool
	}{{"1.11.1", "1.11.2", true}, {"1.10.4", "1.11.2", true}, {"1.9.2", "1.11.2", false}, {"1.12.0", "1.11.2", false}, {"1.11.3", "1.11.2", false}, {"", "1.11.2", true}} {
		if err := mayUpgrade(c.from, c.to); (err == nil) != c.good {
			t.Errorf("%s to %s: %v", c.from, c.to, err)
		}
	}
}
