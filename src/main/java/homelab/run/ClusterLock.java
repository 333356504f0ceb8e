package homelab.run;

import homelab.host.Host;
import homelab.host.Script;
import homelab.model.NodeName;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One run at a time per cluster: a {@code flock} on every host, each held by a process there that is fed a beat every
 * 10 s and lets go 30 s after the last, or at once when its connection ends.
 */
public final class ClusterLock implements AutoCloseable {
    private static final Duration DAY = Duration.ofHours(24);
    private static final int BEAT_SECONDS = 10;

    private final Fleet fleet;
    private final String cluster;
    private final Owner owner;
    private final Stop stop;
    private final Map<NodeName, Host.Session> sessions = new ConcurrentHashMap<>();
    private final ScheduledExecutorService beats;

    private ClusterLock(Fleet fleet, String cluster, Owner owner, Stop stop) {
        this.fleet = fleet;
        this.cluster = cluster;
        this.owner = owner;
        this.stop = stop;
        this.beats = Executors.newScheduledThreadPool(Math.max(1, fleet.hosts().size()), ClusterLock::daemon);
    }

    /**
     * Takes the lock on one host, always the same, and then on all others at once: of two runs one wins.
     *
     * @param stop is wished for when another run has taken the lock after a host lost it
     * @throws Failure with exit LOCKED that names the holder
     */
    public static ClusterLock take(Fleet fleet, String cluster, Owner owner, Stop stop) {
        ClusterLock lock = new ClusterLock(fleet, cluster, owner, stop);
        try {
            List<NodeName> names = fleet.hosts().keySet().stream().sorted().toList();
            names.stream().limit(1).forEach(lock::takeOn);
            Parallel.allOrFail(Parallel.each(names.stream().skip(1).toList(), lock::takeOn));
            fleet.hosts().keySet().forEach(lock::beatFromNowOn);
            return lock;
        } catch (Failure failure) {
            lock.close();
            throw failure;
        }
    }

    private NodeName takeOn(NodeName name) {
        sessions.put(name, takeOn(fleet.host(name), cluster, owner));
        return name;
    }

    private void beatFromNowOn(NodeName name) {
        beats.scheduleAtFixedRate(() -> beat(name), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    /** Tells the host that we are still there, and takes its lock again when it was lost. */
    void beat(NodeName name) {
        try {
            Objects.requireNonNull(sessions.get(name)).writeLine("beat");
        } catch (Failure lost) {
            takeAgain(name);
        }
    }

    /** A host that was restarted has forgotten who held its lock. One that is still away is asked at the next beat. */
    private void takeAgain(NodeName name) {
        try {
            takeOn(name);
        } catch (Failure failure) {
            if (failure.exit() == Exit.LOCKED) {
                stop.wish(failure);
            }
        }
    }

    private static Host.Session takeOn(Host host, String cluster, Owner owner) {
        Host.Session session = host.open(Script.root("hold the lock", script(cluster, owner), DAY));
        String answer = session.readLine().orElse("");
        if (answer.equals("taken")) {
            return session;
        }
        String holder = session.readLine().orElse("nobody who left a name");
        session.close();
        if (answer.equals("held")) {
            throw new Failure(Exit.LOCKED, held(host, holder));
        }
        throw new Failure(
                Exit.FAILED, Problem.of(host.name() + ": the lock could not be taken", answer + " " + holder, ""));
    }

    private static String script(String cluster, Owner owner) {
        String file = "/run/lock/homelab-" + cluster + ".lock";
        return String.join(
                "\n",
                "mkdir -p /run/lock",
                "exec 9>>" + file,
                "if ! flock -n 9; then echo held; cat " + file + ".owner 2>/dev/null; exit 75; fi",
                "printf '%s\\n' '" + owner.text() + "' > " + file + ".owner",
                "echo taken",
                "while timeout 30 sh -c 'read -r beat'; do :; done",
                "rm -f " + file + ".owner");
    }

    private static Problem held(Host host, String holder) {
        return Problem.of(
                "another run works on this cluster",
                "the lock on " + host.name() + " is held by " + holder,
                "wait for it to end; a run that was killed lets go within 30 s");
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "homelab-lock");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        beats.shutdownNow();
        sessions.values().forEach(Host.Session::close);
    }
}
