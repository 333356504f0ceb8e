package homelab.run;

import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.plan.Step;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.DeadWebhook;
import homelab.resource.Deed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Does the deed of one step. Whether it worked is found out by looking again, not here. */
final class Doer {
    /** The exit code by which the script says that another run's script still works on the host. */
    private static final int BUSY = 75;

    private static final String AGAIN = "run the same command again when the reason is mended; what is done stays done";

    private final Deeds deeds;
    private final Events events;
    private final Reboots reboots;
    private final Stop stop;
    private final Evictions evictions;

    Doer(Doing doing, Stop stop) {
        this.evictions = new Evictions(doing, stop);
        this.deeds = doing.deeds();
        this.events = doing.events();
        this.reboots = doing.reboots();
        this.stop = stop;
    }

    void act(Step step, Places places) {
        Deed deed = step.resource().deed();
        if (deed instanceof Deed.Await) {
            return;
        }
        if (deed instanceof Deed.Fetch fetch) {
            deeds.fetch(fetch, sent -> fetched(step, sent));
            return;
        }
        Host host = places.of(step.target()).orElseThrow(() -> nobody(step, places));
        if (deed instanceof Deed.Deliver deliver) {
            deeds.fetch(deliver.fetch(), sent -> fetched(step, sent));
            upload(step, host, deliver.upload());
        } else if (deed instanceof Deed.Shell shell) {
            run(step, host, places.rights(step.target()), shell);
        } else if (deed instanceof Deed.UntilConfirmed change) {
            deeds.untilConfirmed(host, () -> run(step, host, places.rights(step.target()), change.shell()));
        } else if (deed instanceof Deed.Upload upload) {
            upload(step, host, upload);
        } else if (deed instanceof Deed.PatchNode patch) {
            deeds.patch(host, patch);
        } else if (deed instanceof Deed.Empty empty) {
            evictions.of(step, host, empty);
        } else if (deed instanceof Deed.MergeKubeconfig merge) {
            deeds.merge(places.fleet().host(merge.server()), merge);
        } else if (deed instanceof Deed.DropContext drop) {
            deeds.drop(drop);
        } else if (deed instanceof Deed.Reboot reboot) {
            reboots.reboot(host, reboot);
        }
    }

    /** A download may take an hour, and goes on where it was broken off: it is not brought to its end first. */
    private void fetched(Step step, long sent) {
        stop.orGoOn();
        events.tell(new Event.Transfer(step, sent, -1));
    }

    private static Failure nobody(Step step, Places places) {
        return new Failure(Exit.BLIND, Problem.of(title(step) + ": nobody to ask", places.absence(step.target()), ""));
    }

    private void upload(Step step, Host host, Deed.Upload upload) {
        long total = size(upload.local());
        host.upload(
                upload.local(),
                upload.remotePath(),
                upload.sha256(),
                upload.mode(),
                sent -> events.tell(new Event.Transfer(step, sent, total)));
    }

    private void run(Step step, Host host, Script.As as, Deed.Shell shell) {
        String text = as == Script.As.ROOT ? guarded(shell.script()) : shell.script();
        Output output = host.run(new Script(step.resource().id(), text, shell.limit(), as));
        if (output.exit() == BUSY && as == Script.As.ROOT) {
            throw new Failure(Exit.LOCKED, busy(host));
        }
        if (!output.ok()) {
            throw new Failure(Exit.FAILED, failed(step, host, as, output));
        }
    }

    /** While the script runs it holds a lock of its own, so that a run after a killed one meets or names the orphan. */
    private static String guarded(String script) {
        return "mkdir -p /run/lock\nexec 8>/run/lock/homelab-apply.lock\nflock -w 20 8 || exit " + BUSY + "\n(\n"
                + script + "\n)\n";
    }

    private static Problem busy(Host host) {
        return Problem.of(
                host.name() + ": a script of an earlier run still works there",
                "it holds /run/lock/homelab-apply.lock",
                "wait a minute and run the same command again; `sudo fuser -v /run/lock/homelab-apply.lock` on "
                        + host.name() + " names it");
    }

    private static Problem failed(Step step, Host host, Script.As as, Output output) {
        return DeadWebhook.of(output.errors())
                .map(dead -> dead.problem(title(step), asked(host, dead.owner(), as)))
                .orElseGet(() -> failed(step, output));
    }

    private static <T> Reading<T> asked(Host host, Probe<T> probe, Script.As as) {
        return Look.at(host, List.of(probe), as).of(probe);
    }

    private static Problem failed(Step step, Output output) {
        String said = Arrays.stream(output.errors().strip().split("\n"))
                .filter(line -> !line.isBlank())
                .collect(Collectors.collectingAndThen(
                        Collectors.toList(),
                        lines -> String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()))));
        return Problem.of(
                title(step) + ": the script ended with " + output.exit(),
                said.isEmpty() ? "it said nothing" : said,
                said.contains("No space left on device") ? room(step) : AGAIN);
    }

    /** A file system may be out of bytes or out of files. */
    private static String room(Step step) {
        return "make room on " + step.target()
                + " (df -h and df -i show where there is none); then run the same command again, what is done stays done";
    }

    static String title(Step step) {
        return step.target() + ": " + step.resource().id();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }
}
