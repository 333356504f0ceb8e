package homelab.ssh;

import homelab.host.Asker;
import homelab.host.HostProblems;
import homelab.host.Outcome;
import homelab.model.NodeName;
import homelab.model.Secret;
import homelab.model.SecretSource;
import homelab.problem.Exit;
import homelab.problem.Failure;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passwords for sudo, each fetched once in a run. The first host that asks for one tries it alone while the others wait:
 * a wrong one is tried on one host, and never again.
 */
final class SudoPasswords {
    private final Means means;
    private final Map<String, Purse> purses = new ConcurrentHashMap<>();

    SudoPasswords(Means means) {
        this.means = means;
    }

    /** @param source nothing means whoever sits at the terminal, who is asked once for each login name */
    Purse of(Optional<SecretSource> source, String user) {
        String key = source.map(Object::toString).orElse("asked " + user);
        return purses.computeIfAbsent(key, name -> new Purse(source, user));
    }

    /** One password, and where it is right. */
    final class Purse {
        private final Optional<SecretSource> source;
        private final String user;
        private final ReentrantLock trial = new ReentrantLock();
        private final Set<NodeName> takenBy = new HashSet<>();
        private final Set<NodeName> refusedBy = new LinkedHashSet<>();
        private Optional<Secret> secret = Optional.empty();

        private Purse(Optional<SecretSource> source, String user) {
            this.source = source;
            this.user = user;
        }

        boolean canOpen() {
            return source.isPresent() || means.asker() != Asker.NOBODY;
        }

        /**
         * The password, when it is this caller's turn to try it. {@link #settle} must follow.
         *
         * @throws Failure when there is none, or it was refused
         */
        Secret take(Outcome.Who who) {
            trial.lock();
            try {
                refuse(who);
                secret = secret.or(() -> fetch(who));
                Secret found = secret.orElseThrow(() -> new Failure(
                        Exit.BLIND, HostProblems.noSudo(who, "a password is required, and none was given")));
                if (takenBy.contains(who.node())) {
                    trial.unlock();
                }
                return found;
            } catch (RuntimeException e) {
                trial.unlock();
                throw e;
            }
        }

        /** What one host refused may fit another that is known to differ, but never one that is not known. */
        private void refuse(Outcome.Who who) {
            if (refusedBy.contains(who.node())) {
                throw new Failure(Exit.BLIND, HostProblems.wrongPassword(who));
            }
            if (takenBy.isEmpty() && !refusedBy.isEmpty()) {
                NodeName first = refusedBy.iterator().next();
                throw new Failure(Exit.BLIND, HostProblems.passwordNotTried(who, first));
            }
        }

        /** Lets the others go on, who wait for the verdict; nothing when there was none. */
        void settle(Outcome.Who who, Optional<Boolean> taken) {
            if (trial.isHeldByCurrentThread()) {
                taken.ifPresent(right -> (right ? takenBy : refusedBy).add(who.node()));
                trial.unlock();
            }
        }

        private Optional<Secret> fetch(Outcome.Who who) {
            return source.map(means.secrets())
                    .or(() -> means.asker().ask("Password of " + user + " for sudo, first on " + who.node() + ": "))
                    .filter(said -> !said.reveal().isEmpty());
        }
    }
}
