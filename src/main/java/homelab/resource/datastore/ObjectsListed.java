package homelab.resource.datastore;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/** What is in the cluster before its data move is written down on the server, to be found again after that. */
public record ObjectsListed() implements Resource {

    @Override
    public String id() {
        return "list of the cluster's objects";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(MoveStage.PROBE);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(MoveStage.PROBE),
                is -> is.isBefore() && !is.listed()
                        ? Status.drift(Worst.CREATE, MoveStage.OBJECTS, "absent", "what is to be found again")
                        : Status.SAME);
    }

    @Override
    public Deed deed() {
        return new Deed.Shell(
                "set -eu\numask 077\n" + ObjectList.SHELL + """
                mkdir -p -m 755 /var/lib/homelab
                objects >LIST.part
                [ -s LIST.part ] || { echo 'the API tells no objects' >&2; exit 1; }
                sync
                mv LIST.part LIST
                """.replace("LIST", MoveStage.OBJECTS),
                Duration.ofMinutes(4));
    }
}
