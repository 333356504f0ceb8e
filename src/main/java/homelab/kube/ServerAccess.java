package homelab.kube;

import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.kubeconfig.KubeconfigEntry;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.time.Duration;

/** Access to the API by way of a server that we are on already. */
public final class ServerAccess {
    private static final int API_PORT = 6443;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private ServerAccess() {}

    /**
     * Reads the administrator's kubeconfig that k3s keeps there.
     *
     * @param apiUrl under which the API is to be known
     * @throws Failure with exit FAILED when there is none
     */
    public static KubeconfigEntry read(Host server, String apiUrl) {
        Output output = server.run(Script.root("read the kubeconfig", "cat /etc/rancher/k3s/k3s.yaml", LIMIT));
        if (!output.ok()) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            server.name() + ": cannot read /etc/rancher/k3s/k3s.yaml",
                            output.errors().strip(),
                            "on " + server.name() + ": systemctl status k3s"));
        }
        return KubeconfigEntry.fromK3s(output.text(), apiUrl);
    }

    /** The API through a tunnel to the server's own port; keys stay in memory. Closing it closes the tunnel. */
    public static KubeApi open(Host server) {
        Host.Forward forward = server.forward("127.0.0.1", API_PORT);
        try {
            // k3s puts 127.0.0.1 into its certificate, so the name is verified here as well as the CA.
            return KubeApi.open(read(server, "https://127.0.0.1:" + forward.localPort()), forward::close);
        } catch (RuntimeException e) {
            forward.close();
            throw e;
        }
    }
}
