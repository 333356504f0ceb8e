package homelab.kubeconfig;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Place;
import homelab.problem.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/** How this room says no. No line of a kubeconfig is ever shown: it may be a key. */
final class Refusals {
    static final String ELSEWHERE = "or have it written elsewhere: KUBECONFIG=~/.kube/homelab";

    private Refusals() {}

    static Failure broken(String file, int line, int column, String why) {
        Place place = new Place(file, line, column, Optional.empty());
        return new Failure(
                Exit.REFUSED,
                Problem.at(
                        place,
                        "the kubeconfig " + file + " is left as it is",
                        why,
                        "mend line " + line + " of it, " + ELSEWHERE));
    }

    static Failure unsafe(String file) {
        return new Failure(
                Exit.REFUSED,
                Problem.of(
                        "the kubeconfig " + file + " is left as it is",
                        "its layout could not be edited without touching other entries",
                        "kubectl config view --raw --flatten writes it in the usual layout, " + ELSEWHERE));
    }

    static Failure foreign(String file, String what, String context) {
        return new Failure(
                Exit.REFUSED,
                Problem.of(
                        "the kubeconfig " + file + " is left as it is",
                        what + " '" + context + "' in it belongs to another cluster (another CA or certificate)",
                        "homelab kubeconfig --replace-context if the other may go, " + ELSEWHERE));
    }

    static Failure locked(Path lock) {
        return new Failure(
                Exit.LOCKED,
                Problem.of(
                        "the kubeconfig is in use",
                        lock + " exists; kubectl makes it while it writes",
                        "wait for the other program; if there is none: rm " + lock));
    }

    static Failure unreadable(Path file, IOException e) {
        return new Failure(
                Exit.FAILED,
                Problem.of("cannot read the kubeconfig " + file, reason(e), "make it readable, " + ELSEWHERE),
                e);
    }

    static Failure unwritable(Path file, IOException e) {
        return new Failure(
                Exit.FAILED,
                Problem.of("cannot write the kubeconfig " + file, reason(e), "make its folder writable, " + ELSEWHERE),
                e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "permission denied: " + denied.getFile();
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason() + ": " + system.getFile();
        }
        return String.valueOf(e.getMessage());
    }
}
