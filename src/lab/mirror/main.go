// Mirror serves release files over HTTP the way GitHub's release pages do, for a laboratory and its tests.
//
//	mirror -root DIR -pid FILE -listen 127.0.0.1:8080,10.77.0.1:8080
//	mirror -clock 10.77.0.1:123   tells the time there, too
//	mirror -git …                 DIR holds repositories instead (see git.go)
//
// A first path element spoils the answer on purpose (see faults.go, changed.go): /slow/…, /cut/…, /corrupt/…, /down/…, /changed/….
// It ends by itself when its pid file is gone or names another process, so nothing can leave it behind.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	root := flag.String("root", ".", "folder with one folder per version")
	pid := flag.String("pid", "", "file to write the process id to")
	listen := flag.String("listen", "127.0.0.1:0", "addresses, separated by commas")
	clock := flag.String("clock", "", "address to tell the time at, by NTP (see clock.go)")
	git := flag.Bool("git", false, "serve the repositories in the folder")
	flag.Parse()
	var files http.Handler = http.FileServer(http.Dir(*root))
	if *git {
		var err error
		if files, err = repositories(*root); err != nil {
			log.Fatal(err)
		}
	}
	ended := make(chan error)
	for _, address := range strings.Split(*listen, ",") {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			log.Fatal(err)
		}
		go func() { ended <- http.Serve(listener, logged(changed(faults(files)))) }()
	}
	if *clock != "" {
		tellTime(*clock)
	}
	if *pid != "" {
		own := fmt.Sprintf("%d\n", os.Getpid())
		if err := os.WriteFile(*pid, []byte(own), 0o644); err != nil {
			log.Fatal(err)
		}
		go func() { ended <- untilReplaced(*pid, own) }()
	}
	log.Fatal(<-ended)
}

func untilReplaced(file, own string) error {
	for {
		time.Sleep(2 * time.Second)
		if content, err := os.ReadFile(file); err != nil || string(content) != own {
			return fmt.Errorf("%s is no longer mine", file)
		}
	}
}

func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		log.Printf("%s %s %s %s", r.RemoteAddr, r.Method, r.URL.Path, r.Header.Get("Range"))
		next.ServeHTTP(w, r)
	})
}
