package homelab.command;

import homelab.facts.K3sState;
import homelab.model.Node;
import homelab.model.SecretSource;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.Optional;

/** What speaks against changing the cluster's token; all of it is seen before anything is changed. */
record TokenGuard(Job job) {

    /** @throws Failure with exit REFUSED */
    void refuse() {
        RollCall call = new RollCall(job.workshop().site());
        RollCall.refuse(
                source(),
                call.away(
                        "cannot get the new token",
                        "a server that starts with the old token cannot open the cluster's keys any more, and ends"),
                call.others("where it has its token from is not homelab's"));
    }

    private Optional<Problem> source() {
        return job.cluster()
                .k3s()
                .token()
                .map(source -> Problem.of(
                        "the token is the inventory's, and k3s is to make the new one",
                        "k3s.token names " + told(source) + ", where homelab cannot write; k3s takes a token of yours"
                                + " by its command line alone, where everybody on the host could read it",
                        "take k3s.token out of the inventory, homelab bootstrap, homelab token rotate; then, if it is to"
                                + " be there again: homelab token show --reveal, into that source"));
    }

    private static String told(SecretSource source) {
        return source instanceof SecretSource.FromEnv
                ? "an environment variable"
                : source instanceof SecretSource.FromFile ? "a file" : "a command";
    }

    /** SHA-256 of the token that a server has now. */
    String sum(Node server) {
        return job.workshop()
                .site()
                .k3sOf(server)
                .flatMap(K3sState::tokenSha256)
                .orElseThrow(() ->
                        new Failure(Exit.FAILED, Problem.of(server.name() + ": its token could not be read", "", "")));
    }
}
