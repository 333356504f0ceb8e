package homelab.command;

import homelab.facts.K3sState;
import homelab.model.Node;
import homelab.model.SecretSource;
import homelab.phase.Site;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What speaks against changing the cluster's token; all of it is seen before anything is changed. */
record TokenGuard(Job job) {

    /** @throws Failure with exit REFUSED */
    void refuse() {
        List<Problem> against = new ArrayList<>();
        source().ifPresent(against::add);
        away().ifPresent(against::add);
        others().ifPresent(against::add);
        if (!against.isEmpty()) {
            throw new Failure(Exit.REFUSED, against);
        }
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

    private Optional<Problem> away() {
        Site site = job.workshop().site();
        return told(
                site.cluster().servers().stream()
                        .filter(node -> !site.reached(node))
                        .toList(),
                "cannot get the new token, since it does not answer",
                "a server that starts with the old token cannot open the cluster's keys any more, and ends",
                "bring it back, or take it out: homelab remove-node");
    }

    private Optional<Problem> others() {
        Site site = job.workshop().site();
        return told(
                site.cluster().nodes().stream()
                        .filter(node -> site.takeover().found().containsKey(node.name()))
                        .toList(),
                "has a k3s that others installed, or it could not be seen whether",
                "where it has its token from is not homelab's",
                "homelab bootstrap --adopt first");
    }

    private static Optional<Problem> told(List<Node> nodes, String what, String why, String fix) {
        String names = nodes.stream().map(node -> node.name().text()).collect(Collectors.joining(", "));
        return nodes.isEmpty() ? Optional.empty() : Optional.of(Problem.of(names + ": " + what, why, fix));
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
