package homelab.resource.sandbox;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.recovery.Evidence;
import homelab.recovery.Ground;
import homelab.recovery.Offline;
import homelab.recovery.Scripts;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * That containerd answers, where what it keeps does not let it start: all of it is moved aside, nothing is deleted.
 * The folder and not its database alone: without the database containerd does not know the rest and never clears it.
 *
 * @param unit "k3s" or "k3s-agent"
 */
public record ContainerdAside(String unit, Offline offline) implements Resource {
    private static final Probe<Evidence> EVIDENCE = Scripts.evidence();

    /** Stopping k3s, which waits for its programs, and the moving. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** On a card k3s imports its archives for minutes before containerd is of use. */
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    @Override
    public String id() {
        return "containerd of " + unit;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(EVIDENCE, Ground.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(EVIDENCE),
                evidence -> Status.of(readings.of(Ground.PROBE), ground -> status(evidence, ground)));
    }

    private Status status(Evidence evidence, Ground ground) {
        if (evidence.runtime().equals("answers") && evidence.asked().contains("s")) {
            return Status.SAME;
        }
        if (!evidence.fatal()) {
            return Status.drift(Worst.START, "containerd", "does not answer yet", "answers");
        }
        return offline.against(ground).<Status>map(Status.Refused::new).orElseGet(() -> drift(ground));
    }

    private static Status drift(Ground ground) {
        return new Status.Drift(
                List.of(
                        new Change("containerd", ground.said(), "answers"),
                        new Change(
                                "/var/lib/rancher/k3s/agent/containerd",
                                "there, " + ground.used() / 1024 + " MiB",
                                "beside it as containerd.aside-TIME, and a new one"),
                        new Change("notes of CNI and addresses of pods", "of pods that are dead", "taken away")),
                Worst.REPLACE);
    }

    /** Looks again before it moves anything, and starts k3s again whatever comes of it. */
    @Override
    public Deed deed() {
        return new Deed.Shell("""
                set -u
                agent=/var/lib/rancher/k3s/agent state=/run/k3s/containerd
                time=$(date -u +%Y%m%dT%H%M%SZ)
                kept=/var/lib/homelab/taken-away/$time
                refuse() { echo "$1; nothing was moved" >&2; exit 1; }
                trap 'systemctl reset-failed -q ${unit} 2>/dev/null; systemctl start --no-block ${unit}' EXIT
                trap 'exit 143' HUP INT TERM PIPE
                timeout 120 systemctl stop ${unit} || refuse '${unit} could not be stopped'
                for f in /proc/[0-9]*/comm; do
                  name=
                  { read -r name <"$f"; } 2>/dev/null
                  case $name in
                    containerd) refuse 'a containerd runs though ${unit} is stopped' ;;
                    containerd-shim*) refuse 'something of a pod runs still' ;;
                  esac
                done
                tail -n 2000 "$agent/containerd/containerd.log" | grep -aE '${ended}|"Start event monitor"' |
                  tail -n 1 | grep -qv '"Start event monitor"' || refuse 'containerd had started'
                for f in /var/lib/cni/results /var/lib/cni/networks/cbr0; do
                  if [ -d "$f" ]; then mkdir -p "$kept${f%/*}" && mv "$f" "$kept$f" || refuse "$f could not be moved"; fi
                done
                if [ -d $state ]; then mv $state "$state.aside-$time" || refuse "$state could not be moved"; fi
                mv -T "$agent/containerd" "$agent/containerd.aside-$time"
                """.replace("${unit}", unit).replace("${ended}", Ground.ENDED), LIMIT);
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public Optional<Probe<String>> diagnosis() {
        return Optional.of(
                Probe.text(
                        "log of containerd",
                        "tail -n 300 /var/lib/rancher/k3s/agent/containerd/containerd.log | grep -aE 'level=(fatal|error)' | tail -n 3"));
    }
}
