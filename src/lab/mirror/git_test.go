package main

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// house serves one repository, house.git, that holds one commit.
func house(t *testing.T) (url, bare string) {
	t.Helper()
	root := t.TempDir()
	bare = filepath.Join(root, "house.git")
	os.WriteFile(filepath.Join(root, "lamp.yaml"), []byte("on: true\n"), 0o644)
	run(t, true, "git", "init", "-q", "--bare", "-b", "main", bare)
	run(t, true, "git", "--git-dir="+bare, "--work-tree="+root, "-c", "core.bare=false", "add", "lamp.yaml")
	run(t, true, "git", "--git-dir="+bare, "--work-tree="+root, "-c", "core.bare=false", "-c", "user.name=lab", "-c", "user.email=lab@localhost", "commit", "-q", "-m", "One lamp")
	handler, err := repositories(root)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(faults(handler))
	t.Cleanup(server.Close)
	return server.URL, bare
}

func run(t *testing.T, well bool, command ...string) string {
	t.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "GIT_TERMINAL_PROMPT=0")
	out, err := cmd.CombinedOutput()
	if (err == nil) != well {
		t.Fatalf("%v: %v\n%s", command, err, out)
	}
	return string(out)
}

func TestARepositoryCanBeClonedAndItsHeadAskedFor(t *testing.T) {
	url, bare := house(t)
	clone := filepath.Join(t.TempDir(), "clone")
	run(t, true, "git", "clone", "-q", url+"/house.git", clone)
	if content, err := os.ReadFile(filepath.Join(clone, "lamp.yaml")); err != nil || string(content) != "on: true\n" {
		t.Fatal(string(content), err)
	}
	head := strings.TrimSpace(run(t, true, "git", "--git-dir="+bare, "rev-parse", "main"))
	if told := run(t, true, "git", "ls-remote", url+"/house.git", "main"); !strings.HasPrefix(told, head) {
		t.Fatal(told)
	}
}

func TestABrokenRepositoryAnswers503UntilItIsMended(t *testing.T) {
	url, bare := house(t)
	os.WriteFile(filepath.Join(bare, "lab-broken"), nil, 0o644)
	if out := run(t, false, "git", "ls-remote", url+"/house.git"); !strings.Contains(out, "503") {
		t.Fatal(out)
	}
	os.Remove(filepath.Join(bare, "lab-broken"))
	run(t, true, "git", "ls-remote", url+"/house.git")
}

func TestALockedRepositoryAsksWhoItIs(t *testing.T) {
	url, bare := house(t)
	os.WriteFile(filepath.Join(bare, "lab-access"), []byte("argo:s3cret\n"), 0o600)
	run(t, false, "git", "ls-remote", url+"/house.git")
	as := func(user string) string { return strings.Replace(url, "://", "://"+user+"@", 1) + "/house.git" }
	run(t, false, "git", "ls-remote", as("argo:wrong"))
	run(t, true, "git", "ls-remote", as("argo:s3cret"))
}

func TestTheFaultsOfTheMirrorWorkOnRepositoriesToo(t *testing.T) {
	url, _ := house(t)
	run(t, false, "git", "ls-remote", url+"/down/house.git")
}
