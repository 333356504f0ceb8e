package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
)

// emptyMember is a gzip stream of nothing: behind another one it changes the bytes of a file and not what is in it.
var emptyMember = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0}

// changed serves what lies under /changed/ as somebody who publishes a version twice would: archives are good, but not the
// ones they were, and the index of a chart repository agrees with them.
func changed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rest, found := strings.CutPrefix(r.URL.Path, "/changed/")
		if !found {
			next.ServeHTTP(w, r)
			return
		}
		status, body := fetched(next, "/"+rest)
		if zipped(rest) {
			body = append(body, emptyMember...)
		} else if path.Base(rest) == "index.yaml" && status == http.StatusOK {
			body = withDigests(next, "/"+path.Dir(rest), body)
		}
		w.WriteHeader(status)
		w.Write(body)
	})
}

func zipped(name string) bool {
	return strings.HasSuffix(name, ".tgz") || strings.HasSuffix(name, ".tar.gz")
}

func fetched(from http.Handler, name string) (int, []byte) {
	answer := httptest.NewRecorder()
	from.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, name, nil))
	body, _ := io.ReadAll(answer.Result().Body)
	return answer.Code, body
}

// withDigests puts the digests of the changed charts in place of those of the real ones.
func withDigests(from http.Handler, folder string, index []byte) []byte {
	for _, line := range strings.Split(string(index), "\n") {
		name, found := strings.CutPrefix(strings.TrimSpace(line), "- ")
		if !found || !zipped(name) {
			continue
		}
		if status, chart := fetched(from, path.Join(folder, name)); status == http.StatusOK {
			index = bytes.ReplaceAll(index, digest(chart), digest(append(chart, emptyMember...)))
		}
	}
	return index
}

func digest(content []byte) []byte {
	sum := sha256.Sum256(content)
	return []byte(hex.EncodeToString(sum[:]))
}
