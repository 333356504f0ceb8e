package homelab.doctor.k3s;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.doctor.House;
import homelab.json.JsonAnswer;
import homelab.model.Node;
import homelab.probe.Answer;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings that kubelets run with, as they tell them themselves; asked through the API of one server. */
public final class Kubelets {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private Kubelets() {}

    /** For the server that is asked about all nodes; nothing for any other. */
    static List<Probe<?>> probes(House house, Node node) {
        if (!asked(house).equals(Optional.of(node))) {
            return List.of();
        }
        return house.cluster().nodes().stream().<Probe<?>>map(Kubelets::probe).toList();
    }

    /** Unknown where no API answers. */
    static Reading<JsonNode> settings(House house, Node of) {
        return asked(house)
                .map(server -> house.reading(server, probe(of)))
                .orElse(new Reading.Unknown<>("the API does not answer on any server"));
    }

    /** The first whose API is ready. */
    public static Optional<Node> asked(House house) {
        return house.cluster().servers().stream()
                .filter(server -> house.fact(server, facts -> facts.k3s())
                        .known()
                        .map(k3s -> k3s.apiReady())
                        .orElse(false))
                .findFirst();
    }

    /** Without the header of a static pod's address, the one field of it that may hold a secret. */
    static Probe<JsonNode> probe(Node of) {
        String read = ApiReads.read("/api/v1/nodes/" + of.name() + "/proxy/configz");
        return new Probe<>(
                "doctor:configz:" + of.name(),
                "(\n" + read + ") | sed 's/\"staticPodURLHeader\":{[^}]*}/\"staticPodURLHeader\":{}/'\n",
                LIMIT,
                Kubelets::parse);
    }

    private static JsonNode parse(Answer answer) {
        JsonNode settings = JsonAnswer.tree(answer.text()).path("kubeletconfig");
        if (!settings.isObject()) {
            throw new IllegalStateException("the kubelet does not tell its settings");
        }
        return settings;
    }
}
