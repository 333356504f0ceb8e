package homelab.run;

import homelab.host.Connector;
import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.model.Cluster;
import homelab.model.Node;
import homelab.model.NodeName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Tells of every script and every file that goes to a host, what it is called and how long it took; never its text. */
public record Traced(Connector connector, Events events, Time time) implements Connector {

    @Override
    public Host connect(Cluster cluster, Node node) {
        return new TracedHost(connector.connect(cluster, node), events, time);
    }

    @Override
    public Host connectAnew(Cluster cluster, Node node) {
        return new TracedHost(connector.connectAnew(cluster, node), events, time);
    }

    @Override
    public void close() {
        connector.close();
    }

    private record TracedHost(Host host, Events events, Time time) implements Host {

        @Override
        public NodeName name() {
            return host.name();
        }

        @Override
        public Output run(Script script) {
            Instant begin = time.now();
            Output output = host.run(script);
            tell(script.title(), begin, "exit " + output.exit());
            return output;
        }

        @Override
        public void upload(Path local, String remotePath, String sha256, String mode, Progress progress) {
            Instant begin = time.now();
            host.upload(local, remotePath, sha256, mode, progress);
            tell("upload " + remotePath, begin, "verified");
        }

        @Override
        public Session open(Script script) {
            Instant begin = time.now();
            Session session = host.open(script);
            tell(script.title(), begin, "open");
            return session;
        }

        @Override
        public Forward forward(String remoteAddress, int remotePort) {
            Instant begin = time.now();
            Forward forward = host.forward(remoteAddress, remotePort);
            tell("tunnel to " + remoteAddress + ":" + remotePort, begin, "open");
            return forward;
        }

        @Override
        public void revive() {
            host.revive();
        }

        @Override
        public void close() {
            host.close();
        }

        private void tell(String title, Instant begin, String outcome) {
            events.tell(new Event.Asked(host.name(), title, outcome, Duration.between(begin, time.now())));
        }
    }
}
