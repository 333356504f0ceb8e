package homelab.ssh;

import homelab.problem.Failure;
import java.net.ConnectException;
import java.util.stream.Stream;

/** A connection that a host refuses: nobody listens there, and yet its kernel is up to say so. */
public final class Refusal {
    private Refusal() {}

    /** Whether a failure to connect was caused by it. The JDK has one class for refusals and for silence. */
    public static boolean caused(Failure failure) {
        return Stream.<Throwable>iterate(failure, error -> error != null, Throwable::getCause)
                .anyMatch(error ->
                        error instanceof ConnectException && "connection refused".equals(SshProblems.seen(error)));
    }
}
