package homelab.resource.helm;

import homelab.problem.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why the API cannot tell an object: it is stored in another version than the one that is asked for, and the webhook that
 * its CRD names for turning one into the other does not answer. The API says so in words alone, with HTTP 500.
 *
 * @param kind "home.arpa/v1, Kind=Greeting"
 * @param namespace of the webhook's Service; "" when the CRD names a URL
 * @param service "" when the CRD names a URL
 * @param why in the API's words
 */
record DeadConversion(String kind, String namespace, String service, String why) {
    private static final Pattern SAID = Pattern.compile(
            "conversion webhook for ([^ ]+, Kind=[^ ]+) failed: (?:Post \"([^\"]*)\": )?(.*)", Pattern.DOTALL);
    private static final Pattern SERVICE = Pattern.compile("https://([^.:/]+)\\.([^.:/]+)\\.svc[.:/].*");

    static Optional<DeadConversion> of(Api.Got got) {
        if (got.found() || got.absent()) {
            return Optional.empty();
        }
        Matcher said = SAID.matcher(got.said());
        return said.find() ? Optional.of(of(said)) : Optional.empty();
    }

    private static DeadConversion of(Matcher said) {
        String url = String.valueOf(said.group(2));
        Matcher service = SERVICE.matcher(url);
        return service.matches()
                ? new DeadConversion(said.group(1), service.group(2), service.group(1), said.group(3))
                : new DeadConversion(said.group(1), "", "", said.group(3));
    }

    /** For people. */
    String webhook() {
        return service.isEmpty() ? "the webhook that its CRD names" : "Service " + namespace + "/" + service;
    }

    Problem problem(String release, Item item) {
        String fix = service.isEmpty()
                ? "bring back what its CRD names under spec.conversion"
                : "bring back what runs behind it: kubectl -n " + namespace
                        + " get endpointslices -l kubernetes.io/service-name=" + service + " shows what is ready";
        return Problem.of(
                release + ": " + item.title() + " cannot be read, nor could Helm change it",
                "it is stored in another version, and " + webhook() + ", which converts " + kind + ", does not do so: "
                        + why,
                fix + "; then run the same command again");
    }
}
