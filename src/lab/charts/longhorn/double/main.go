// Command longhorn-double plays the programs of Longhorn in the laboratory: manager, driver deployer, CSI plugin and the
// small ones around them, by its first argument. It is a double: objects and order are Longhorn's, the data engine is not.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"slices"
	"syscall"
)

// version is Longhorn's, of the release whose outward behaviour is played; build.sh sets it.
var version = "0.0.0"

const (
	driverName = "driver.longhorn.io"
	hostRoot   = "/host" // the host's own root, mounted into manager and CSI plugin
	doubleMark = "homelab.lab/double"
)

// programs by their first argument. Those of Longhorn have Longhorn's names.
var programs = map[string]func(context.Context) error{
	"daemon":           runManager,
	"deploy-driver":    runDeployer,
	"csi":              runPlugin,
	"registrar":        runRegistrar,
	"instance-manager": runInstanceManager,
	"ui":               runUI,
	"stand-in":         runStandIn,
	"uninstall":        runUninstall,
	"pre-upgrade":      runPreUpgrade,
	"post-upgrade":     runPostUpgrade,
}

func main() {
	log.SetFlags(log.Ltime)
	name := "nothing"
	if len(os.Args) > 1 {
		name = os.Args[1]
	}
	run, known := programs[name]
	if !known {
		names := make([]string, 0, len(programs))
		for each := range programs {
			names = append(names, each)
		}
		slices.Sort(names)
		fmt.Fprintf(os.Stderr, "longhorn-double: what is %q? One of %v\n", name, names)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	log.Printf("longhorn-double %s: %s (a double of the laboratory, not Longhorn)", version, name)
	if err := run(ctx); err != nil && ctx.Err() == nil {
		log.Fatalf("%s: %v", name, err)
	}
}

// env is a variable that the chart or the deployer always sets.
func env(name string) string { return os.Getenv(name) }
