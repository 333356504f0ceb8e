package homelab.phase;

import homelab.model.Node;
import homelab.model.NodeName;
import homelab.model.Secret;
import homelab.probe.Probe;
import homelab.resource.K3sOutside;
import homelab.resource.K3sRegistries;
import homelab.resource.NoFile;
import homelab.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By which files k3s reaches what is outside.
 *
 * @param source is asked when something is made of what it gives, which may be secret and not to be had
 * @param left those of homelab's that are on the hosts now, whoever asked for them
 */
public record Outward(Source source, Map<NodeName, Set<String>> left) {

    /** What the inventory says of the outside, with its secrets. */
    public interface Source {
        K3sOutside files();

        /** The proxy for programs that are run once, such as apt; needs no secret of a registry. */
        default Map<String, Secret> environment() {
            return files().environment();
        }
    }

    public static final Outward DIRECT = new Outward(K3sOutside.DIRECT, Map.of());

    public Outward {
        left = Map.copyOf(left);
    }

    public Outward(K3sOutside wanted, Map<NodeName, Set<String>> left) {
        this(() -> wanted, left);
    }

    public K3sOutside wanted() {
        return source.files();
    }

    /** In which apt runs. */
    Map<String, Secret> environment() {
        return source.environment();
    }

    /** Asks a host for the files that homelab wrote there. */
    public static Probe<Set<String>> probe(Node node) {
        String places = String.join(" ", K3sOutside.places(node.role().unit()));
        String shell = """
                for f in PLACES; do
                  [ ! -f "$f" ] || { IFS= read -r line <"$f"; case $line in '# Written by homelab'*) echo "$f" ;; esac; }
                done
                for f in CERTIFICATES/*/*; do [ ! -f "$f" ] || echo "$f"; done
                """.replace("PLACES", places).replace("CERTIFICATES", K3sRegistries.CERTIFICATES);
        return Probe.of(
                "files to the outside", shell, answer -> answer.text().lines().collect(Collectors.toSet()));
    }

    /** What is to be so on a node: nothing for most clusters. */
    List<Resource> on(Node node) {
        String unit = node.role().unit();
        List<Resource> resources = new ArrayList<>(wanted().files(unit));
        Set<String> there = left.getOrDefault(node.name(), Set.of());
        List<String> kept =
                wanted().files(unit).stream().map(file -> file.path()).toList();
        there.stream().filter(path -> !kept.contains(path)).sorted().forEach(path -> resources.add(new NoFile(path)));
        return resources;
    }
}
