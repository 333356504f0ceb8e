package homelab.kube;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says in words what the client throws. Its own messages are long and hold URLs; they go to the log as the cause. */
final class ApiProblems {
    private ApiProblems() {}

    static Failure of(String what, KubernetesClientException e) {
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                failure(
                        Exit.FAILED,
                        what,
                        "the API does not take the administrator's certificate",
                        "homelab kubeconfig (the certificate may have been renewed)",
                        e);
            case HttpURLConnection.HTTP_CONFLICT ->
                failure(Exit.FAILED, what, "somebody else keeps changing it at the same time", "run it again", e);
            default ->
                e.getCode() > 0 ? failure(Exit.FAILED, what, "the API says: " + said(e), "", e) : unreached(what, e);
        };
    }

    static Failure badKeys(String server, RuntimeException e) {
        return failure(
                Exit.FAILED,
                "cannot talk to " + server,
                "the certificates or the key of the server's kubeconfig cannot be read",
                "on the server: systemctl restart k3s (writes /etc/rancher/k3s/k3s.yaml anew)",
                e);
    }

    private static Failure unreached(String what, KubernetesClientException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return failure(
                        Exit.REFUSED,
                        what,
                        "the API shows a certificate that is not of this cluster's CA",
                        "see who answers there; after a reset of the cluster: homelab kubeconfig --replace-context",
                        e);
            }
            if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
                return failure(Exit.BLIND, what, "the API does not answer in time", "homelab status", e);
            }
            if (cause instanceof ConnectException) {
                return failure(Exit.BLIND, what, "nothing listens where the API should", "homelab status", e);
            }
        }
        return failure(Exit.BLIND, what, "the connection to the API was lost", "homelab status", e);
    }

    static String said(KubernetesClientException e) {
        return e.getStatus() == null || e.getStatus().getMessage() == null
                ? "code " + e.getCode()
                : e.getStatus().getMessage();
    }

    private static Failure failure(Exit exit, String what, String why, String fix, Throwable cause) {
        return new Failure(exit, Problem.of(what, why, fix), cause);
    }
}
