// Makes a ghost of class D in the laboratory: a second record of one sandbox in containerd's meta.db, under another id and
// with the same name, as containerd wrote it where the making of a sandbox failed after its start (containerd#13609).
//
//	twin META.DB SANDBOX-ID     prints the id of the new record; containerd must not run
//
// Buckets are those of containerd 2.0 (core/metadata/buckets.go): v1/NAMESPACE/containers/ID.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"time"

	"go.etcd.io/bbolt"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: twin META.DB SANDBOX-ID")
		os.Exit(2)
	}
	id, err := twin(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, "twin:", err)
		os.Exit(1)
	}
	fmt.Println(id)
}

func twin(file, id string) (string, error) {
	db, err := bbolt.Open(file, 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		return "", err
	}
	defer db.Close()
	sum := sha256.Sum256([]byte("twin of " + id))
	other := hex.EncodeToString(sum[:])
	return other, db.Update(func(tx *bbolt.Tx) error {
		containers := bucket(tx, "v1", "k8s.io", "containers")
		if containers == nil || containers.Bucket([]byte(id)) == nil {
			return fmt.Errorf("%s has no record of %s", file, id)
		}
		made, err := containers.CreateBucket([]byte(other))
		if err != nil {
			return err
		}
		return copyAs(containers.Bucket([]byte(id)), made, []byte(id), []byte(other))
	})
}

func bucket(tx *bbolt.Tx, path ...string) *bbolt.Bucket {
	found := tx.Bucket([]byte(path[0]))
	for _, name := range path[1:] {
		if found == nil {
			return nil
		}
		found = found.Bucket([]byte(name))
	}
	return found
}

// copyAs copies all that is in a bucket; where the old id stands the copy has the new one, which is as long.
func copyAs(from, to *bbolt.Bucket, old, new []byte) error {
	return from.ForEach(func(key, value []byte) error {
		if value != nil {
			return to.Put(key, bytes.ReplaceAll(value, old, new))
		}
		inner, err := to.CreateBucket(key)
		if err != nil {
			return err
		}
		return copyAs(from.Bucket(key), inner, old, new)
	})
}
