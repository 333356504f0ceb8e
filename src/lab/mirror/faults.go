package main

import (
	"net/http"
	"strings"
	"time"
)

// What is wrong with a body that is being written; written counts the bytes before this piece.
type fault func(w http.ResponseWriter, piece []byte, written int) (int, error)

const (
	cutAfter    = 1 << 20 // of /cut/: enough that the download has begun, less than any artefact
	slowPiece   = 64 << 10
	slowPause   = 250 * time.Millisecond // of /slow/: 256 KiB a second
	corruptByte = 4096
)

// faults spoils what lies under /slow/, /cut/, /corrupt/ and /down/ and hands the rest on as it is.
func faults(next http.Handler) http.Handler {
	known := map[string]fault{"slow": slow, "cut": cut, "corrupt": corrupt}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if name == "down" {
			http.Error(w, "the mirror is down on purpose", http.StatusServiceUnavailable)
			return
		}
		if f, found := known[name]; found {
			r.URL.Path, r.URL.RawPath = "/"+rest, ""
			w = &spoiled{ResponseWriter: w, fault: f}
		}
		next.ServeHTTP(w, r)
	})
}

type spoiled struct {
	http.ResponseWriter
	fault   fault
	written int
}

func (s *spoiled) Write(piece []byte) (int, error) {
	n, err := s.fault(s.ResponseWriter, piece, s.written)
	s.written += n
	return n, err
}

func slow(w http.ResponseWriter, piece []byte, _ int) (int, error) {
	done := 0
	for done < len(piece) {
		n, err := w.Write(piece[done:min(done+slowPiece, len(piece))])
		done += n
		if err != nil {
			return done, err
		}
		w.(http.Flusher).Flush()
		time.Sleep(slowPause)
	}
	return done, nil
}

// cut closes the connection inside the body; a body shorter than the limit (a list of sums) is cut in its middle.
func cut(w http.ResponseWriter, piece []byte, written int) (int, error) {
	if written+len(piece) <= cutAfter && len(piece) >= slowPiece/2 {
		return w.Write(piece)
	}
	w.Write(piece[:len(piece)/2])
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

// corrupt flips one byte of binaries; lists of sums are too short to be hit and stay true.
func corrupt(w http.ResponseWriter, piece []byte, written int) (int, error) {
	if written <= corruptByte && corruptByte < written+len(piece) {
		piece = append([]byte(nil), piece...)
		piece[corruptByte-written] ^= 0xff
	}
	return w.Write(piece)
}
