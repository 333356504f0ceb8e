package homelab.resource;

import homelab.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files by which k3s reaches what is not the cluster. Most clusters have none of them, so they are steps of a plan
 * only where the inventory asks for them or an earlier one has left them.
 *
 * @param registries registries.yaml and what it names; none when the inventory says nothing of registries
 * @param proxy the environment with its proxy
 * @param environment the same for programs that are run once, such as apt
 */
public record K3sOutside(List<TextFile> registries, Optional<TextFile> proxy, Map<String, Secret> environment) {
    public static final K3sOutside DIRECT = new K3sOutside(List.of(), Optional.empty());

    /** By this, files that homelab wrote are told from those of others, which stay. */
    static final String MARK =
            "Written by homelab from its inventory; what is changed here is put back by the next bootstrap.";

    public K3sOutside {
        registries = List.copyOf(registries);
        environment = Map.copyOf(environment);
    }

    public K3sOutside(List<TextFile> registries, Optional<TextFile> proxy) {
        this(registries, proxy, Map.of());
    }

    /** @param unit "k3s" or "k3s-agent" */
    public List<TextFile> files(String unit) {
        List<TextFile> files = new ArrayList<>(registries);
        proxy.ifPresent(file -> {
            files.add(file);
            files.add(K3sProxy.dropIn(unit));
        });
        return files;
    }

    /** All that may have been left by an inventory that asked for more. */
    public static List<String> places(String unit) {
        return List.of(K3sRegistries.PATH, K3sProxy.PATH, K3sProxy.dropIn(unit).path());
    }

    /** Parts of what a k3s is started with: none for what it is started without. */
    Map<String, String> parts() {
        Map<String, String> parts = new TreeMap<>();
        Stream.concat(registries.stream(), proxy.stream()).forEach(file -> {
            if (file.path().equals(K3sRegistries.PATH)) {
                parts.put("registries", file.content().sha256());
            } else if (file.path().equals(K3sProxy.PATH)) {
                parts.put("proxy", file.content().sha256());
            }
        });
        return parts;
    }
}
