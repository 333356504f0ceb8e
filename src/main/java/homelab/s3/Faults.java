package homelab.s3;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;

/** What can go wrong with a storage, told to people. Codes: Amazon S3 API reference, Error Responses. */
record Faults(URI endpoint, String bucket) {
    private static final String KEYS = "k3s.snapshots.s3.access-key and secret-key";

    Failure away(IOException e) {
        String why = e instanceof HttpTimeoutException
                ? "no answer in time"
                : e instanceof ConnectException
                        ? "nobody listens there, or its name is not known"
                        : "" + e.getMessage();
        return new Failure(
                Exit.BLIND,
                Problem.of(
                        endpoint + " cannot be reached",
                        why,
                        "see that k3s.snapshots.s3.endpoint in the inventory is right, and this machine's network"),
                e);
    }

    Failure strange(Exception e) {
        return new Failure(
                Exit.FAILED,
                Problem.of(
                        endpoint + " does not answer as S3 does",
                        String.valueOf(e.getMessage()),
                        "see that k3s.snapshots.s3.endpoint in the inventory is right"),
                e);
    }

    Failure refused(int status, String body) {
        String code = Answers.told(body, "Code");
        String why = "it says " + status + (code.isEmpty() ? "" : " " + code) + message(body);
        return new Failure(
                Exit.FAILED,
                switch (code) {
                    case "NoSuchBucket" ->
                        Problem.of(
                                "there is no bucket " + bucket + " at " + endpoint,
                                why,
                                "make it there, or mind its name in s3://BUCKET/PREFIX");
                    case "RequestTimeTooSkewed" ->
                        Problem.of(
                                endpoint + " does not believe the time of this machine",
                                why,
                                "set this machine's clock: timedatectl set-ntp true");
                    case "AuthorizationHeaderMalformed", "PermanentRedirect" ->
                        Problem.of(
                                "the bucket " + bucket + " is in another region",
                                why,
                                "name the bucket's own in k3s.snapshots.s3.region");
                    default -> other(status, why);
                });
    }

    private Problem other(int status, String why) {
        return status == 401 || status == 403
                ? Problem.of(
                        endpoint + " refuses the keys",
                        why,
                        "see that " + KEYS + " are right, and may list, read, write and delete in the bucket " + bucket)
                : Problem.of(endpoint + " did not do it", why, "run the same command again when the reason is mended");
    }

    private static String message(String body) {
        String message = Answers.told(body, "Message");
        return message.isEmpty() ? "" : ": " + message;
    }
}
