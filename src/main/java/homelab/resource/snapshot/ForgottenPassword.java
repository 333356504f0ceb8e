package homelab.resource.snapshot;

import homelab.model.NodeName;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.time.Duration;
import java.util.List;

/**
 * That the restored cluster no longer holds the password of a node whose host was lost with it: k3s would turn the new host
 * of that name away (k3s, pkg/nodepassword). Its Node stays, with the labels and the pods that it had.
 */
public record ForgottenPassword(NodeName node) implements Resource {

    private String secret() {
        return node + ".node-password.k3s";
    }

    private Probe<Boolean> probe() {
        String path = "/api/v1/namespaces/kube-system/secrets/" + secret();
        return new Probe<>(
                "password:" + node,
                "answer=$(" + ApiReads.read(path) + ") 2>&1 || :; case $answer in *'\"type\"'*) echo there ;;"
                        + " *NotFound*|*'not found'*) echo none ;; *) exit 1 ;; esac",
                Duration.ofSeconds(15),
                answer -> {
                    if (!answer.ok()) {
                        throw new IllegalStateException("the API does not tell");
                    }
                    return answer.text().strip().equals("there");
                });
    }

    @Override
    public String id() {
        return "password of " + node;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(probe()),
                there -> there
                        ? Status.drift(Worst.REPLACE, "secret " + secret(), "of the lost host", "absent")
                        : Status.SAME);
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("/usr/local/bin/k3s kubectl --request-timeout=20s -n kube-system delete secret " + secret()
                + " --ignore-not-found >/dev/null\n");
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(20);
    }
}
