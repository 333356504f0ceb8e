package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"strings"
)

// serve answers on the manager's port: its probe, a word of what this is, and the data of replicas for other nodes. Nothing
// asks who calls: the pods of a laboratory are among themselves.
func (m *manager) serve() {
	routes := http.NewServeMux()
	routes.HandleFunc("GET /v1/healthz", m.healthz)
	routes.HandleFunc("GET /v1", func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(map[string]string{"double": "of Longhorn, for the laboratory", "version": version, "node": m.node})
	})
	routes.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("# HELP longhorn_double_info This is a double, not Longhorn.\n# TYPE longhorn_double_info gauge\nlonghorn_double_info{node=\"" + m.node + "\"} 1\n"))
	})
	routes.HandleFunc("GET /double/replicas/{name}", m.giveReplica)
	routes.HandleFunc("PUT /double/replicas/{name}", m.takeReplica)
	log.Fatal(http.ListenAndServe(":9500", routes))
}

func (m *manager) healthz(w http.ResponseWriter, r *http.Request) {
	if m.faults(r.Context()).hits(faultManager, m.node) {
		http.Error(w, "a fault was asked for: "+faultManager, http.StatusServiceUnavailable)
		return
	}
	w.Write([]byte("OK\n"))
}

func (m *manager) own(ctx context.Context, name string) (replica, bool) {
	var r replica
	there, err := m.find(ctx, replicas, name, &r)
	return r, err == nil && there && r.Spec.NodeID == m.node && r.DeletionTimestamp == nil
}

func (m *manager) giveReplica(w http.ResponseWriter, r *http.Request) {
	found, there := m.own(r.Context(), r.PathValue("name"))
	if !there {
		http.Error(w, "no such replica on "+m.node, http.StatusNotFound)
		return
	}
	if err := writeTree(folderOf(found), w); err != nil {
		log.Printf("giving %s: %v", found.Name, err)
		panic(http.ErrAbortHandler) // half an archive must not look like a whole one
	}
}

func (m *manager) takeReplica(w http.ResponseWriter, r *http.Request) {
	found, there := m.own(r.Context(), r.PathValue("name"))
	if !there {
		http.Error(w, "no such replica on "+m.node, http.StatusNotFound)
		return
	}
	if err := readTree(folderOf(found), r.Body); err != nil {
		http.Error(w, strings.TrimSpace(err.Error()), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
