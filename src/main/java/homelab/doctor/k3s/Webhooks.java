package homelab.doctor.k3s;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.probe.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** K3S-010: whoever the API asks before it takes an object can answer. */
final class Webhooks implements Check {
    private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";
    private static final List<String> FIELDS = List.of(
            "metadata.name",
            "webhooks.name",
            "webhooks.failurePolicy",
            "webhooks.clientConfig.service",
            "webhooks.clientConfig.caBundle",
            "webhooks.rules.resources");
    static final Listing VALIDATING =
            new Listing("validatingwebhookconfigurations", GROUP + "validatingwebhookconfigurations", FIELDS);
    static final Listing MUTATING =
            new Listing("mutatingwebhookconfigurations", GROUP + "mutatingwebhookconfigurations", FIELDS);
    static final Listing SLICES = new Listing(
            "endpointslices",
            "/apis/discovery.k8s.io/v1/endpointslices",
            List.of("metadata.namespace", "metadata.labels", "endpoints.conditions", "endpoints.nodeName"));
    /** Without which a cluster does not start again by itself. */
    private static final Set<String> CRITICAL = Set.of("*", "*/*", "pods", "nodes", "leases", "configmaps", "secrets");

    private static final Duration SOON = Duration.ofDays(14);

    @Override
    public String id() {
        return "K3S-010";
    }

    @Override
    public List<Listing> listings() {
        return List.of(VALIDATING, MUTATING, SLICES);
    }

    @Override
    public List<Finding> judge(House house) {
        Reading<List<JsonNode>> slices = house.list(SLICES);
        List<Finding> findings = new ArrayList<>();
        for (Listing listing : List.of(VALIDATING, MUTATING)) {
            Reading<List<JsonNode>> configurations = house.list(listing);
            if (!(configurations instanceof Reading.Known<List<JsonNode>> known)
                    || !(slices instanceof Reading.Known<List<JsonNode>> ends)) {
                return List.of(unknown("cluster", why(configurations, slices)));
            }
            Map<String, Integer> ready = ready(ends.value());
            known.value().forEach(one -> judge(house, listing, one, ready, findings));
        }
        return findings.isEmpty() ? List.of(absent("cluster", "the API asks nobody")) : findings;
    }

    private static String why(Reading<?> one, Reading<?> other) {
        return (one instanceof Reading.Unknown<?> unknown ? unknown : (Reading.Unknown<?>) other).why();
    }

    /** Endpoints that are ready, by "namespace/service". */
    private static Map<String, Integer> ready(List<JsonNode> slices) {
        Map<String, Integer> ready = new HashMap<>();
        for (JsonNode slice : slices) {
            String service = slice.path("metadata").path("namespace").asText() + "/"
                    + slice.path("metadata")
                            .path("labels")
                            .path("kubernetes.io/service-name")
                            .asText();
            int count = 0;
            for (JsonNode end : slice.path("endpoints")) {
                count += end.path("conditions").path("ready").asBoolean(true) ? 1 : 0;
            }
            ready.merge(service, count, Integer::sum);
        }
        return ready;
    }

    private void judge(House house, Listing listing, JsonNode one, Map<String, Integer> ready, List<Finding> into) {
        String kind = listing.name().replaceFirst("s$", "");
        for (JsonNode hook : one.path("webhooks")) {
            String subject = kind + " " + one.path("metadata").path("name").asText() + ", "
                    + hook.path("name").asText();
            String gone = "; if what it was for is gone: kubectl delete " + kind + " "
                    + one.path("metadata").path("name").asText();
            into.add(judge(house, subject, hook, ready, gone));
        }
    }

    private Finding judge(House house, String subject, JsonNode hook, Map<String, Integer> ready, String gone) {
        JsonNode service = hook.path("clientConfig").path("service");
        String name =
                service.path("namespace").asText() + "/" + service.path("name").asText();
        String fix = "kubectl -n " + service.path("namespace").asText("default") + " get pods,endpointslices";
        Optional<Instant> ends =
                CaBundle.ends(hook.path("clientConfig").path("caBundle").asText());
        if (ends.isPresent() && ends.get().isBefore(house.now().plus(SOON))) {
            return fail(subject, "the certificate it is known by ends " + ends.get())
                    .fix(fix);
        }
        if (!service.isObject()) {
            return pass(subject, "is outside of the cluster, and not asked");
        }
        int count = ready.getOrDefault(name, 0);
        boolean must = !hook.path("failurePolicy").asText("Fail").equals("Ignore");
        String seen = "service " + name + ": " + count + " ready";
        if (count == 0) {
            return (must
                            ? fail(subject, "nobody answers, and the API refuses what it would be asked about")
                            : warn(subject, "nobody answers; the API goes on without"))
                    .by(seen)
                    .fix(fix + gone);
        }
        return must && count == 1 && isCritical(hook)
                ? warn(subject, "one pod decides whether anything can be started")
                        .by(seen)
                        .fix(fix)
                : pass(subject, "can answer").by(seen);
    }

    private static boolean isCritical(JsonNode hook) {
        for (JsonNode rule : hook.path("rules")) {
            for (JsonNode resource : rule.path("resources")) {
                if (CRITICAL.contains(resource.asText())) {
                    return true;
                }
            }
        }
        return false;
    }
}
