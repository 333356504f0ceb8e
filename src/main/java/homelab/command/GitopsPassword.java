package homelab.command;

import homelab.host.Host;
import homelab.host.Output;
import homelab.host.Script;
import homelab.model.ArgoCd;
import homelab.model.ChartRelease;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.PrintStream;
import java.time.Duration;

/** Shows the password that Argo CD made for the first login, once: then the Secret that held it is gone. */
final class GitopsPassword {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SECRET = "argocd-initial-admin-secret";

    private final Host server;
    private final String kubectl;

    GitopsPassword(Host server, String namespace) {
        this.server = server;
        this.kubectl = "k3s kubectl -n " + namespace + " ";
    }

    /** Where the inventory's Argo CD is. */
    static String namespace(Job job) {
        return job.cluster().addons().argoCd().map(ChartRelease::namespace).orElse("argocd");
    }

    /** @throws Failure with exit REFUSED when there is none to show */
    void show(PrintStream out, PrintStream err) {
        Output found = run("read " + SECRET, "get secret " + SECRET + " -o jsonpath='{.data.password}' | base64 -d");
        if (found.text().isBlank()) {
            throw none();
        }
        out.println(found.text().strip());
        out.flush(); // it must be on its way before its only other copy goes
        if (!run("delete " + SECRET, "delete secret " + SECRET + " >&2").ok()) {
            throw new Failure(
                    Exit.FAILED,
                    Problem.of(
                            "the Secret " + SECRET + " could not be deleted", "the password stays readable there", ""));
        }
        err.println("of the user admin; it was shown once, and is now kept nowhere but as a hash");
    }

    private Output run(String title, String words) {
        return server.run(Script.root(title, kubectl + words, LIMIT));
    }

    private static Failure none() {
        return new Failure(
                Exit.REFUSED,
                Problem.of(
                        "there is no first password of Argo CD to show",
                        "there is no Secret " + SECRET
                                + ": it was shown before, the password was changed, or Argo CD is" + " not there",
                        "to have another, name a source under addons.argocd.admin-password, then homelab addons apply "
                                + ArgoCd.RELEASE));
    }
}
