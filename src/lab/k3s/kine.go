package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"
)

// Without cluster-init a lone server of k3s keeps its data in SQLite, and kine makes the API server take it for etcd.
// Names of files, the socket and what a move to etcd does are k3s's (pkg/etcd/etcd.go, migrateFromSQLite).

func (s *server) sqliteFile() string   { return s.path("db/state.db") }
func (s *server) kineEndpoint() string { return "unix://" + s.path("kine.sock") }

// wantsSQLite is k3s's choice at a start: etcd's data on disk decide before any setting does.
func (s *server) wantsSQLite() bool {
	return !s.etcd.hasData() && !s.opts.truth("cluster-init") && s.opts.text("server") == "" && !s.opts.truth("cluster-reset")
}

// startKine runs kine until the supervisor's end, and waits until it answers.
func (s *server) startKine(sup *supervisor) error {
	if !exists(filepath.Join(sup.bin, "kine")) {
		return errors.New("this lab k3s was built without kine, whose Go module could not be had: no server here without cluster-init")
	}
	if err := os.MkdirAll(s.path("db"), 0o700); err != nil {
		return err
	}
	const settings = "?_journal_mode=WAL&_busy_timeout=30000&_synchronous=NORMAL&_txlock=immediate"
	err := sup.start(program{name: "kine", end: servesAll, args: []string{"--listen-address=" + s.kineEndpoint(), "--metrics-bind-address=0",
		"--endpoint=sqlite://" + s.sqliteFile() + settings}})
	if err != nil {
		return err
	}
	client, err := s.kineClient()
	if err != nil {
		return err
	}
	defer client.Close()
	for begin := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		ctx, cancel := within(3 * time.Second)
		_, err := client.Get(ctx, "/lab-k3s-health")
		cancel()
		if err == nil || time.Since(begin) > time.Minute {
			return err
		}
	}
}

func (s *server) kineClient() (*clientv3.Client, error) {
	return clientv3.New(clientv3.Config{Endpoints: []string{s.kineEndpoint()}, DialTimeout: 5 * time.Second, Logger: zap.NewNop()})
}

// dataClient connects to where this host's data are.
func (s *server) dataClient() (*clientv3.Client, error) {
	if s.sqlite {
		return s.kineClient()
	}
	return s.etcdClient(localEtcd)
}

// migrateFromSQLite fills an etcd that was just made. As with k3s, one that ends half-way is never taken up again: the
// next start finds etcd's data and goes on with the part of the cluster that is there.
func (s *server) migrateFromSQLite() error {
	if !exists(s.sqliteFile()) {
		return nil
	}
	infof("Migrating content from sqlite to etcd")
	helper := newSupervisor(s.sup.bin)
	defer helper.stop()
	if err := s.startKine(helper); err != nil {
		return err
	}
	from, err := s.kineClient()
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := s.etcdClient(localEtcd)
	if err != nil {
		return err
	}
	defer to.Close()
	ctx, cancel := within(10 * time.Minute)
	defer cancel()
	all, err := from.Get(ctx, "/registry/", clientv3.WithPrefix())
	if err != nil {
		return err
	}
	for _, pair := range all.Kvs {
		infof("Migrating etcd key %s", pair.Key)
		if _, err := to.Put(ctx, string(pair.Key), string(pair.Value)); err != nil {
			return err
		}
	}
	return os.Rename(s.sqliteFile(), s.sqliteFile()+".migrated")
}

// put writes a key in the one form of a transaction that kine knows as well as etcd.
func put(client *clientv3.Client, key, value string) error {
	return change(client, key, clientv3.OpPut(key, value))
}

func remove(client *clientv3.Client, key string) error {
	return change(client, key, clientv3.OpDelete(key))
}

func change(client *clientv3.Client, key string, deed clientv3.Op) error {
	ctx, cancel := within(10 * time.Second)
	defer cancel()
	is, err := client.Get(ctx, key)
	if err != nil {
		return err
	}
	revision := int64(0)
	if len(is.Kvs) > 0 {
		revision = is.Kvs[0].ModRevision
	}
	done, err := client.Txn(ctx).If(clientv3.Compare(clientv3.ModRevision(key), "=", revision)).Then(deed).Else(clientv3.OpGet(key)).Commit()
	if err == nil && !done.Succeeded {
		err = fmt.Errorf("%s was changed by somebody else", key)
	}
	return err
}
