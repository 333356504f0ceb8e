package homelab.ssh;

import homelab.host.Become;
import homelab.host.HostProblems;
import homelab.host.Outcome;
import homelab.model.Secret;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What is said until sudo lets us in. The password goes out when sudo has asked for it, and the script only when sudo is
 * through: else sudo, which asks three times, would take lines of the script for passwords.
 */
record SudoTalk(Outcome.Who who, ExecChannel channel, Become become, SudoPasswords.Purse purse) {
    private static final Duration TO_ASK = Duration.ofSeconds(60);
    /** PAM waits some seconds before it says no. */
    private static final Duration TO_JUDGE = Duration.ofSeconds(60);

    /** False when sudo ended instead; what it said tells why. */
    boolean passes() throws IOException {
        String said = channel.awaitErrors(text -> asks(text) > 0 || isReady(text), TO_ASK);
        if (isReady(said)) {
            return true;
        }
        if (asks(said) == 0) {
            return ended(said);
        }
        return tried();
    }

    private boolean tried() throws IOException {
        Optional<Boolean> taken = Optional.empty();
        Secret password = purse.take(who);
        try {
            byte[] line = (password.reveal() + "\n").getBytes(StandardCharsets.UTF_8);
            channel.send(line, line.length);
            String said = channel.awaitErrors(text -> asks(text) > 1 || isReady(text), TO_JUDGE);
            taken = Optional.of(isReady(said));
            if (taken.get()) {
                return true;
            }
            channel.endInput();
            throw new Failure(Exit.BLIND, HostProblems.wrongPassword(who));
        } finally {
            purse.settle(who, taken);
        }
    }

    private boolean ended(String said) {
        if (channel.hasEnded()) {
            return false;
        }
        throw new Failure(Exit.BLIND, HostProblems.sudoSilent(who, said.strip()));
    }

    private boolean isReady(String text) {
        return text.contains(become.ready());
    }

    private int asks(String text) {
        return text.split(java.util.regex.Pattern.quote(become.prompt()), -1).length - 1;
    }
}
