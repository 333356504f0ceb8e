package homelab.doctor.sec;

import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Item;
import homelab.doctor.Listing;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** SEC-009: secrets that are kept elsewhere still come. Without one External Secrets is not there. */
final class ExternalSecrets implements Check {
    private static final List<String> FIELDS = List.of(
            "metadata.name",
            "metadata.namespace",
            "spec.refreshInterval",
            "spec.refreshPolicy",
            "status.refreshTime",
            "status.conditions");
    static final Listing SECRETS = listing("externalsecrets");
    static final Listing STORES = listing("secretstores");
    static final Listing CLUSTER_STORES = listing("clustersecretstores");
    /** Before External Secrets 0.16. */
    static final Listing OLD_SECRETS =
            new Listing("externalsecrets v1beta1", "/apis/external-secrets.io/v1beta1/externalsecrets", FIELDS);

    private static final Pattern PART = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,9})?)(h|ms|m|s)");

    private static Listing listing(String plural) {
        return new Listing(plural, "/apis/external-secrets.io/v1/" + plural, FIELDS);
    }

    @Override
    public String id() {
        return "SEC-009";
    }

    @Override
    public List<Listing> listings() {
        return List.of(SECRETS, OLD_SECRETS, STORES, CLUSTER_STORES);
    }

    @Override
    public List<Probe<?>> then(House house, Node node) {
        return Rehearsal.probes(house, node);
    }

    @Override
    public List<Finding> judge(House house) {
        Optional<Listing> served = Stream.of(SECRETS, OLD_SECRETS)
                .filter(listing -> house.list(listing).known().isPresent())
                .findFirst();
        if (served.isEmpty()) {
            String why = house.list(SECRETS) instanceof Reading.Unknown<?> unknown ? unknown.why() : "";
            return List.of(
                    why.equals(Listing.NOT_INSTALLED)
                            ? absent("cluster", "External Secrets is not installed")
                            : unknown("cluster", "externalsecrets: " + why));
        }
        List<Finding> findings = new ArrayList<>();
        Item.of(house, STORES).forEach(store -> store(store, "SecretStore").ifPresent(findings::add));
        Item.of(house, CLUSTER_STORES)
                .forEach(store -> store(store, "ClusterSecretStore").ifPresent(findings::add));
        Rehearsal.judge(this, house).ifPresent(findings::add);
        List<Item> secrets = Item.of(house, served.get());
        secrets.forEach(secret -> secret(house, secret).ifPresent(findings::add));
        return findings.isEmpty()
                ? List.of(pass("cluster", secrets.size() + " external secrets are as new as they are to be"))
                : findings;
    }

    private Optional<Finding> store(Item store, String kind) {
        return store.condition("Ready")
                .filter(ready -> ready.is("status", "False"))
                .map(ready -> fail(store.subject(kind), "is not reached")
                        .by(ready.text("reason") + ": " + ready.text("message"))
                        .fix("kubectl describe " + kind.toLowerCase(java.util.Locale.ROOT) + " " + store.name()
                                + (store.namespace().isEmpty() ? "" : " -n " + store.namespace())));
    }

    private Optional<Finding> secret(House house, Item secret) {
        String subject = secret.subject("ExternalSecret");
        String fix = "kubectl -n " + secret.namespace() + " describe externalsecret " + secret.name();
        Optional<Item> ready = secret.condition("Ready");
        if (ready.isEmpty()) {
            return Optional.of(
                    unknown(subject, "nobody has looked after it yet").fix(fix));
        }
        if (ready.get().is("status", "False")) {
            Finding finding = fail(subject, "does not come")
                    .by(ready.get().text("reason") + ": " + ready.get().text("message"))
                    .fix(fix);
            return Optional.of(
                    ready.get().time("lastTransitionTime").map(finding::since).orElse(finding));
        }
        return stale(house, secret)
                .map(came -> fail(subject, "came last more than two of its intervals ago")
                        .by("refreshInterval " + secret.text("spec.refreshInterval") + ", refreshed at " + came)
                        .since(came)
                        .fix(fix));
    }

    /** When it came last, if that is too long ago. Where the interval is 0 or the policy another it comes once. */
    private static Optional<Instant> stale(House house, Item secret) {
        String policy = secret.text("spec.refreshPolicy");
        Optional<Duration> interval = interval(secret.text("spec.refreshInterval"));
        if (interval.isEmpty() || interval.get().isZero() || !(policy.isEmpty() || policy.equals("Periodic"))) {
            return Optional.empty();
        }
        Instant limit = house.now().minus(interval.get().multipliedBy(2));
        return secret.time("status.refreshTime").filter(came -> came.isBefore(limit));
    }

    /** As Go writes it: "1h0m0s". */
    static Optional<Duration> interval(String text) {
        Matcher part = PART.matcher(text.length() > 40 ? "" : text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            double millis = Double.parseDouble(part.group(1))
                    * switch (part.group(2)) {
                        case "h" -> 3_600_000;
                        case "m" -> 60_000;
                        case "s" -> 1000;
                        default -> 1;
                    };
            sum = sum.plusMillis((long) millis);
            end = part.end();
        }
        return end == text.length() && end > 0 ? Optional.of(sum) : Optional.empty();
    }
}
