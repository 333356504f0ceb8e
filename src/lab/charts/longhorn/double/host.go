package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
)

// lookedAt is what the manager looks at on its host. root is where the host's file system is mounted.
type lookedAt struct{ root string }

func (h lookedAt) path(name string) string { return filepath.Join(h.root, name) }

func (h lookedAt) has(names ...string) bool {
	for _, name := range names {
		if _, err := os.Stat(h.path(name)); err == nil {
			return true
		}
	}
	return false
}

func (h lookedAt) hasIscsiadm() bool {
	return h.has("usr/sbin/iscsiadm", "sbin/iscsiadm", "usr/bin/iscsiadm")
}

// runs says whether a process of this name, of 15 letters at most, lives on the host.
func (h lookedAt) runs(name string) bool {
	files, _ := filepath.Glob(h.path("proc/[0-9]*/comm"))
	for _, file := range files {
		if text, err := os.ReadFile(file); err == nil && strings.TrimSpace(string(text)) == name {
			return true
		}
	}
	return false
}

// mayAttach is whether the iSCSI initiator is there for a volume: iscsid lives, or systemd holds its socket and would start it.
func (h lookedAt) mayAttach() bool {
	sockets, _ := os.ReadFile(h.path("proc/1/net/unix"))
	return h.runs("iscsid") || strings.Contains(string(sockets), "@ISCSIADM_ABSTRACT_NAMESPACE")
}

var installed = regexp.MustCompile(`(?m)^Package: (\S+)\nStatus: install ok installed$`)

// missingPackages are those of the names that dpkg does not list as installed.
func (h lookedAt) missingPackages(names ...string) []string {
	text, _ := os.ReadFile(h.path("var/lib/dpkg/status"))
	there := map[string]bool{}
	for _, match := range installed.FindAllStringSubmatch(string(text), -1) {
		there[match[1]] = true
	}
	var missing []string
	for _, name := range names {
		if !there[name] {
			missing = append(missing, name)
		}
	}
	return missing
}

// hasModule says whether the kernel has it: loaded, or built in as the list beside its modules says.
func (h lookedAt) hasModule(name string) bool {
	if h.has("sys/module/"+name, "sys/module/"+strings.ReplaceAll(name, "-", "_")) {
		return true
	}
	lists, _ := filepath.Glob(h.path("lib/modules/" + kernelRelease() + "/modules.builtin"))
	for _, file := range lists {
		if text, err := os.ReadFile(file); err == nil && strings.Contains(string(text), "/"+name+".ko") {
			return true
		}
	}
	return false
}

func kernelRelease() string {
	var names syscall.Utsname
	if syscall.Uname(&names) != nil {
		return "unknown"
	}
	var text strings.Builder
	for _, c := range names.Release {
		if c == 0 {
			break
		}
		text.WriteByte(byte(c))
	}
	return text.String()
}

// space of the file system that holds a folder of the host, in bytes.
func (h lookedAt) space(folder string) (all, free int64, err error) {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(h.path(folder), &stat); err != nil {
		return 0, 0, err
	}
	return int64(stat.Blocks) * stat.Bsize, int64(stat.Bavail) * stat.Bsize, nil
}

// environment are the conditions of a node that come from its host, in Longhorn's names. That iscsid runs is in none of
// them: Longhorn notices that only when a volume is attached.
func (h lookedAt) environment(before []condition) []condition {
	missing := h.missingPackages("cryptsetup", "dmsetup", "nfs-common", "open-iscsi")
	return []condition{
		judged(before, "MountPropagation", true, "", ""),
		judged(before, "Multipathd", !h.runs("multipathd"), "MultipathdIsRunning", "multipathd is running with a known issue that affects Longhorn"),
		judged(before, "RequiredPackages", len(missing) == 0, "PackagesNotInstalled", "missing packages: "+strings.Join(missing, ", ")),
		judged(before, "NFSClientInstalled", h.hasModule("nfs") || h.hasModule("nfsv4"), "NFSClientIsNotFound", "NFS clients [v4.0 v4.1 v4.2] not found, at least one should be enabled"),
		judged(before, "KernelModulesLoaded", h.hasModule("dm_crypt") || h.hasModule("dm-crypt"), "KernelModulesNotLoaded", "kernel module dm_crypt is not loaded"),
	}
}
