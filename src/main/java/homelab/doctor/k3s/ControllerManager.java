package homelab.doctor.k3s;

import homelab.doctor.House;
import java.util.Optional;
import java.util.stream.Stream;

/** What k3s's controller manager was told beside Kubernetes' defaults, where a server's Node says so. */
public final class ControllerManager {
    private static final String ARGUMENTS = "kube-controller-manager-arg";

    private ControllerManager() {}

    /** @param name without dashes: {@code terminated-pod-gc-threshold} */
    public static Optional<String> argument(House house, String name) {
        return house.cluster().servers().stream()
                .flatMap(server -> Flags.of(house, server).known().stream())
                .flatMap(flags ->
                        Stream.of(flags.values().getOrDefault(ARGUMENTS, "").split(",")))
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst();
    }
}
