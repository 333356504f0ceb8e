package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAChangedChartIsGoodAndAnotherOneAndItsIndexAgrees(t *testing.T) {
	root := t.TempDir()
	var chart bytes.Buffer
	writer := gzip.NewWriter(&chart)
	writer.Write([]byte("what is in it"))
	writer.Close()
	os.MkdirAll(filepath.Join(root, "charts"), 0o755)
	os.WriteFile(filepath.Join(root, "charts", "tiny-0.1.0.tgz"), chart.Bytes(), 0o644)
	os.WriteFile(filepath.Join(root, "charts", "index.yaml"), []byte("    digest: "+string(digest(chart.Bytes()))+"\n    urls:\n    - tiny-0.1.0.tgz\n"), 0o644)
	server := httptest.NewServer(changed(http.FileServer(http.Dir(root))))
	t.Cleanup(server.Close)

	_, other, _ := get(t, server.URL+"/changed/charts/tiny-0.1.0.tgz", "")
	reader, err := gzip.NewReader(bytes.NewReader(other))
	if err != nil {
		t.Fatal(err)
	}
	if content, err := io.ReadAll(reader); bytes.Equal(other, chart.Bytes()) || err != nil || string(content) != "what is in it" {
		t.Fatalf("%d bytes, %q, %v", len(other), content, err)
	}
	if _, index, _ := get(t, server.URL+"/changed/charts/index.yaml", ""); !strings.Contains(string(index), string(digest(other))) {
		t.Fatal(string(index))
	}
	if _, index, _ := get(t, server.URL+"/charts/index.yaml", ""); !strings.Contains(string(index), string(digest(chart.Bytes()))) {
		t.Fatal("the real index was touched")
	}
}
