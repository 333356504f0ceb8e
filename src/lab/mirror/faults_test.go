package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func serve(t *testing.T) (string, []byte) {
	t.Helper()
	root := t.TempDir()
	body := bytes.Repeat([]byte("0123456789abcdef"), 1<<18) // 4 MiB
	os.MkdirAll(filepath.Join(root, "v1.33.4+k3s1"), 0o755)
	os.WriteFile(filepath.Join(root, "v1.33.4+k3s1", "k3s"), body, 0o644)
	os.WriteFile(filepath.Join(root, "v1.33.4+k3s1", "sums"), []byte(strings.Repeat("a", 64)+"  k3s\n"), 0o644)
	server := httptest.NewServer(faults(http.FileServer(http.Dir(root))))
	t.Cleanup(server.Close)
	return server.URL, body
}

func get(t *testing.T, url, byteRange string) (int, []byte, error) {
	t.Helper()
	request, _ := http.NewRequest("GET", url, nil)
	if byteRange != "" {
		request.Header.Set("Range", byteRange)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response.StatusCode, body, err
}

func TestServesAVersionWithAnEscapedPlus(t *testing.T) {
	url, want := serve(t)
	if status, body, err := get(t, url+"/v1.33.4%2Bk3s1/k3s", ""); status != 200 || err != nil || !bytes.Equal(body, want) {
		t.Fatalf("status %d, %d bytes, %v", status, len(body), err)
	}
}

func TestAnswersARange(t *testing.T) {
	url, want := serve(t)
	if status, body, _ := get(t, url+"/v1.33.4%2Bk3s1/k3s", "bytes=100-"); status != 206 || !bytes.Equal(body, want[100:]) {
		t.Fatalf("status %d, %d bytes", status, len(body))
	}
}

func TestCutEndsInTheMiddleOfTheBody(t *testing.T) {
	url, want := serve(t)
	for _, file := range []string{"k3s", "sums"} {
		if _, body, err := get(t, url+"/cut/v1.33.4%2Bk3s1/"+file, ""); err == nil || len(body) == 0 || len(body) >= len(want) {
			t.Fatalf("%s: %d bytes, %v", file, len(body), err)
		}
	}
}

func TestCorruptChangesOneByteAndNoLength(t *testing.T) {
	url, want := serve(t)
	_, body, err := get(t, url+"/corrupt/v1.33.4%2Bk3s1/k3s", "")
	differing := 0
	for i := range body {
		if body[i] != want[i] {
			differing++
		}
	}
	if err != nil || len(body) != len(want) || differing != 1 {
		t.Fatalf("%d bytes, %d differ, %v", len(body), differing, err)
	}
}

func TestDownAnswers503(t *testing.T) {
	url, _ := serve(t)
	if status, _, _ := get(t, url+"/down/v1.33.4%2Bk3s1/k3s", ""); status != 503 {
		t.Fatalf("status %d", status)
	}
}
