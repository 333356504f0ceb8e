package homelab.resource;

import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why the API does not write what it was told: a webhook that it must ask first does not answer, and those who made it
 * want nothing done without it. kubectl and Helm pass on the API's words (Kubernetes 1.33, ErrCallingWebhook).
 *
 * @param name of the webhook, "policy.example.com"
 * @param namespace of its Service; "" when it is at a URL
 * @param service "" when it is at a URL
 * @param why in the API's words
 */
public record DeadWebhook(String name, String namespace, String service, String why) {
    private static final Pattern SAID =
            Pattern.compile("failed calling webhook \\\\?\"([A-Za-z0-9.-]+)\\\\?\": (?:failed to call webhook: )?"
                    + "(?:Post \\\\?\"([^\"\\s\\\\]*)\\\\?\": )?([^\\n]*?)(?= && |\"?(?:\\n|$))");
    private static final Pattern SERVICE = Pattern.compile("https://([^.:/]+)\\.([^.:/]+)\\.svc[.:/].*");

    /** @param said by a script that failed */
    public static Optional<DeadWebhook> of(String said) {
        Matcher words = SAID.matcher(said);
        return words.find() ? Optional.of(of(words)) : Optional.empty();
    }

    private static DeadWebhook of(Matcher words) {
        Matcher service = SERVICE.matcher(String.valueOf(words.group(2)));
        return service.matches()
                ? new DeadWebhook(words.group(1), service.group(2), service.group(1), words.group(3))
                : new DeadWebhook(words.group(1), "", "", words.group(3));
    }

    /** In which object of the API it is named, "ValidatingWebhookConfiguration policy"; "" in none. To be asked of a server. */
    public Probe<String> owner() {
        String shell = Probe.LIFTED
                + "k3s kubectl get --request-timeout=5s validatingwebhookconfigurations,mutatingwebhookconfigurations"
                + " --no-headers -o custom-columns=K:.kind,N:.metadata.name,W:.webhooks[*].name | awk -v hook="
                + Sh.quote(name)
                + " '{ n = split($3, each, \",\"); for (i = 1; i <= n; i++) if (each[i] == hook) { print $1 \" \" $2; exit } }'";
        return new Probe<>(
                "webhook:" + name,
                shell,
                Duration.ofSeconds(10),
                answer -> answer.text().strip());
    }

    /** @param title of what was to be done; @param owner what {@link #owner} said */
    public Problem problem(String title, Reading<String> owner) {
        Optional<String> named = owner.known().filter(text -> !text.isEmpty());
        String behind = service.isEmpty() ? "" : ", behind it Service " + namespace + "/" + service;
        String gone = named.map(text -> "; if what it belongs to is gone for good: kubectl delete " + text)
                .orElse("");
        String fix = service.isEmpty()
                ? "bring back what runs there"
                : "bring back what runs there: kubectl -n " + namespace
                        + " get endpointslices -l kubernetes.io/service-name=" + service + " shows what is ready";
        return Problem.of(
                title + ": the webhook " + name + " does not answer, and the API writes nothing without it",
                named.orElse("a webhook configuration") + " names it" + behind + ": " + why,
                fix + gone + "; then run the same command again");
    }
}
