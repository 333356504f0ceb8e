package homelab.command;

import homelab.drain.Terms;
import homelab.host.Host;
import homelab.host.Script;
import homelab.model.Node;
import homelab.phase.Phase;
import homelab.phase.Site;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.Drained;
import homelab.resource.Worst;
import homelab.run.Doing;
import homelab.run.RebootByShell;
import homelab.run.Runner;
import homelab.run.Stop;
import homelab.ssh.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Takes nodes out of service and switches them off, one after another. */
record PowerDown(Io io, Job job) {
    /** Longer than hardening lets pods, Longhorn and the node's own pods take to end. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** Of pods that are to leave. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration SHORT = Duration.ofSeconds(10);

    /**
     * Agents before servers: what runs on an agent may need the API to end well. Last the server whose API is asked.
     *
     * @param leader that server, if one answers
     */
    static List<Node> inOrder(List<Node> nodes, Optional<Node> leader) {
        return nodes.stream()
                .sorted(Comparator.comparing(Node::isServer).thenComparing(node -> leader.equals(Optional.of(node))))
                .toList();
    }

    /** @throws Failure when pods do not leave in time; nothing is switched off then */
    void drain(List<Node> nodes, Node server) {
        Phase phase = new Draining(nodes, server);
        Doing doing = new Doing(
                new Reach(job.time(), job.fetch(), new Witness(job.workshop(), job.events(), job.time())),
                new RebootByShell(job.workshop()::reconnect, job.time()),
                job.events(),
                job.time());
        job.loud();
        new Runner(job.workshop(), doing, new Stop(), Worst.RESTART)
                .run(List.of(phase), job.workshop().site());
        job.quiet();
    }

    private record Draining(List<Node> nodes, Node server) implements Phase {
        @Override
        public String name() {
            return "drain";
        }

        @Override
        public List<Step> steps(Site site) {
            Target target = new Target.OnHost(server.name());
            return nodes.stream()
                    .map(node -> new Step(name(), target, new Drained(node.name(), Terms.FOR_A_WHILE, PATIENCE)))
                    .toList();
        }
    }

    void off(List<Node> nodes) {
        for (Node node : nodes) {
            Instant begin = job.time().now();
            Host host = job.workshop().fleet().host(node.name());
            host.run(Script.root("power off", "nohup sh -c 'sleep 1; systemctl poweroff' >/dev/null 2>&1 &\n", SHORT));
            awaitSilence(node, host, begin);
            io.err()
                    .println(node.name() + ": off after "
                            + Duration.between(begin, job.time().now()).toSeconds() + " s");
        }
    }

    /** sshd ends among the first, and the kernel refuses in its stead as long as it runs: only silence that lasts is proof. */
    private void awaitSilence(Node node, Host host, Instant begin) {
        int silent = 0;
        while (silent < 2) {
            rest();
            silent = answers(host) ? 0 : silent + 1;
            if (Duration.between(begin, job.time().now()).compareTo(LIMIT) > 0) {
                throw new Failure(
                        Exit.FAILED,
                        Problem.of(
                                node.name() + ": is not off",
                                "it still answers, or refuses to, after " + LIMIT.toMinutes() + " min",
                                "look at its screen; what holds a shutdown up: systemd-inhibit --list"));
            }
        }
    }

    private boolean answers(Host host) {
        try {
            return job.workshop()
                    .reconnect(host)
                    .run(Script.user("still there", ":", SHORT))
                    .ok();
        } catch (Failure gone) {
            return Refusal.caused(gone);
        }
    }

    private void rest() {
        try {
            job.time().sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, Problem.of("interrupted", "", ""));
        }
    }
}
