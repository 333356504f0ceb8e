package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"time"
)

// runInstanceManager does nothing: the double has no engine processes.
func runInstanceManager(ctx context.Context) error { <-ctx.Done(); return nil }

// runStandIn takes the place of a side-car that the laboratory does not have, so that its Deployment is there to be read.
func runStandIn(ctx context.Context) error {
	log.Print("a stand-in: this does nothing")
	<-ctx.Done()
	return nil
}

func runUI(ctx context.Context) error {
	server := &http.Server{Addr: ":8000", Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "<!doctype html><title>Longhorn double</title><p>This is the laboratory's double of Longhorn %s; it has no pages.\n", version)
	})}
	go func() { <-ctx.Done(); server.Close() }()
	return server.ListenAndServe()
}

// runPreUpgrade refuses what Longhorn refuses: another minor version than the next, and any earlier one.
func runPreUpgrade(ctx context.Context) error {
	c, err := newCluster()
	if err != nil {
		return err
	}
	if c.faults(ctx).hits(faultUpgrade, "*") {
		return errors.New("a fault was asked for: " + faultUpgrade)
	}
	images, err := list[engineImage](ctx, c, engineImages)
	if err != nil {
		return err
	}
	for _, image := range images {
		if err := mayUpgrade(image.Status.Version, version); err != nil {
			return err
		}
	}
	return nil
}

// mayUpgrade: one minor version at a time and never back. An unknown version is no reason.
func mayUpgrade(from, to string) error {
	var fromMajor, fromMinor, fromPatch, toMajor, toMinor, toPatch int
	if n, _ := fmt.Sscanf(from, "%d.%d.%d", &fromMajor, &fromMinor, &fromPatch); n != 3 {
		return nil
	}
	if n, _ := fmt.Sscanf(to, "%d.%d.%d", &toMajor, &toMinor, &toPatch); n != 3 {
		return nil
	}
	back := toMajor < fromMajor || toMajor == fromMajor && (toMinor < fromMinor || toMinor == fromMinor && toPatch < fromPatch)
	if back || toMajor != fromMajor || toMinor > fromMinor+1 {
		return fmt.Errorf("failed to upgrade since upgrading from v%s to v%s is not supported", from, to)
	}
	return nil
}

// runPostUpgrade waits for every manager to be of this release.
func runPostUpgrade(ctx context.Context) error {
	c, err := newCluster()
	for err == nil && ctx.Err() == nil {
		var standings map[string]standing
		if standings, err = c.standings(ctx); err != nil {
			break
		}
		waiting := 0
		for _, s := range standings {
			if s.managerThere && !s.managerReady {
				waiting++
			}
		}
		if waiting == 0 {
			return nil
		}
		time.Sleep(2 * time.Second)
	}
	return err
}
