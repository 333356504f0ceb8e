package homelab.artifact;

import homelab.json.JsonAnswer;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a registry lets somebody in: by the login itself, or by a token that is given for it elsewhere, to anybody or to who
 * has a login (Distribution, Token Authentication Specification).
 */
record Pass(Http http, Logins logins) {

    /**
     * The header {@code Authorization} by which the registry lets in who it turned away; empty when there is none.
     *
     * @param chart whose registry it is, {@code oci://HOST/PATH/NAME#VERSION}
     * @param challenges its headers {@code WWW-Authenticate}
     * @throws Failure when the login is not taken
     */
    Optional<String> header(URI chart, List<String> challenges) {
        Optional<Logins.Login> login = challenges.isEmpty() ? Optional.empty() : logins.of(chart.getAuthority());
        Optional<Challenge> bearer = challenges.stream()
                .flatMap(challenge -> Challenge.bearer(challenge).stream())
                .findFirst();
        return bearer.isPresent()
                ? token(chart, bearer.get().tokens(), login)
                : login.filter(known -> challenges.stream().anyMatch(Challenge::isBasic))
                        .map(Logins.Login::header);
    }

    private Optional<String> token(URI chart, URI tokens, Optional<Logins.Login> login) {
        login.ifPresent(known -> refuseInClear(chart, tokens));
        HttpResponse<String> answer = ask(new Source(tokens, login.map(Logins.Login::header)));
        String said = tokens.getAuthority() + " answers HTTP " + answer.statusCode() + " when asked for a token";
        if (answer.statusCode() / 100 == 5) {
            throw Registry.failure(Exit.FAILED, chart, said, "run again later");
        } else if (login.isPresent() && answer.statusCode() / 100 == 4) {
            throw notTaken(chart, login.get(), said);
        }
        return Optional.of(answer)
                .filter(given -> given.statusCode() == 200)
                .flatMap(given -> read(given.body()))
                .map(token -> "Bearer " + token);
    }

    /** Where a token is had the registry says; a password is not sent there for all to read. */
    private static void refuseInClear(URI chart, URI tokens) {
        if (!"https".equals(tokens.getScheme()) && !isHere(tokens)) {
            throw new Failure(
                    Exit.REFUSED,
                    Problem.of(
                            "the login of " + chart.getAuthority() + " is not sent to " + tokens.getAuthority(),
                            "the registry says that its tokens are had there, and that is not https",
                            "take the login out of addons.registries, or mend the registry's realm"));
        }
    }

    /** As Docker and Helm's own tools have it: what is on this machine needs no certificate. */
    static boolean isHere(URI uri) {
        return "localhost".equals(uri.getHost()) || "127.0.0.1".equals(uri.getHost());
    }

    static Failure notTaken(URI chart, Logins.Login login, String said) {
        return Registry.failure(
                Exit.USAGE,
                chart,
                said + ": it does not let " + login.username() + " in, or there is no such chart",
                "check the chart, and addons.registries." + chart.getAuthority() + ", in the inventory");
    }

    private static Optional<String> read(String body) {
        try {
            var tree = JsonAnswer.tree(body);
            return Optional.of(
                            tree.path("token").asText(tree.path("access_token").asText()))
                    .filter(token -> !token.isEmpty());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private HttpResponse<String> ask(Source source) {
        try {
            return http.ask(source, Map.of());
        } catch (IOException e) {
            throw Faults.away(source.uri(), e);
        }
    }
}
