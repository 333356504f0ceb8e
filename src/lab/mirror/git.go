package main

import (
	"crypto/subtle"
	"net/http"
	"net/http/cgi"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// repositories serves the bare repositories below root (NAME.git) to git, by git's own program for it.
// Two files inside one change how it answers: lab-broken (503 to all), lab-access (USER:PASSWORD, which it then asks for).
func repositories(root string) (http.Handler, error) {
	git, err := exec.LookPath("git")
	if err != nil {
		return nil, err
	}
	backend := &cgi.Handler{Path: git, Args: []string{"http-backend"}, Dir: root, Env: []string{"GIT_PROJECT_ROOT=" + root, "GIT_HTTP_EXPORT_ALL=1"}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		file := func(mark string) ([]byte, error) { return os.ReadFile(filepath.Join(root, filepath.Base(name), mark)) }
		if _, err := file("lab-broken"); err == nil {
			http.Error(w, "the repository is broken on purpose", http.StatusServiceUnavailable)
			return
		}
		if access, err := file("lab-access"); err == nil && !mayPass(r, strings.TrimSpace(string(access))) {
			w.Header().Set("WWW-Authenticate", `Basic realm="lab"`)
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		backend.ServeHTTP(w, r)
	}), nil
}

func mayPass(r *http.Request, access string) bool {
	user, password, _ := r.BasicAuth()
	return subtle.ConstantTimeCompare([]byte(user+":"+password), []byte(access)) == 1
}
