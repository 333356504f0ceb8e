package homelab.run;

import homelab.host.Host;
import homelab.host.Script;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    private final List<Host.Session> sessions;
    private final ScheduledExecutorService beats;

    private ClusterLock(List<Host.Session> sessions, Stop stop) {
        this.sessions = sessions;
        this.beats = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "homelab-lock");
            thread.setDaemon(true);
            return thread;
        });
        beats.scheduleAtFixedRate(() -> beat(stop), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Takes the lock on all hosts, always in the same order so that of two runs one wins.
     *
     * @param stop is wished for when the lock is lost
     * @throws Failure with exit LOCKED that names the holder
     */
    public static ClusterLock take(Fleet fleet, String cluster, Owner owner, Stop stop) {
        List<Host> hosts = fleet.hosts().values().stream()
                .sorted(Comparator.comparing(Host::name))
                .toList();
        List<Host.Session> sessions = new ArrayList<>();
        try {
            for (Host host : hosts) {
                sessions.add(takeOn(host, cluster, owner));
            }
        } catch (Failure failure) {
            sessions.forEach(Host.Session::close);
            throw failure;
        }
        return new ClusterLock(sessions, stop);
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

    private void beat(Stop stop) {
        for (Host.Session session : sessions) {
            try {
                session.writeLine("beat");
            } catch (Failure lost) {
                stop.wish();
            }
        }
    }

    @Override
    public void close() {
        beats.shutdownNow();
        sessions.forEach(Host.Session::close);
    }
}
