package homelab.adopt;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A k3s as it was found on a host, whoever installed it.
 *
 * @param unit "k3s" or "k3s-agent"
 * @param fragment the unit's file
 * @param ours whether homelab wrote the unit
 * @param active whether a process of it runs
 * @param program what {@code ExecStart=} starts
 * @param files what its files say it is started with
 * @param running what it told on its Node when it started; empty when that could not be read
 * @param changed files that were written after it was started
 * @param units drop-ins of the unit that say how it is started, and go
 * @param environments environment files that hold variables of k3s, which go
 * @param configs the files of config.yaml.d
 * @param hostname in small letters, as k3s names the node without more words
 * @param address that of the interface with the default route, k3s's own choice of a node's address
 */
public record Found(
        String unit,
        String fragment,
        boolean ours,
        boolean active,
        String program,
        Arguments files,
        Optional<Arguments> running,
        List<String> changed,
        List<String> units,
        List<String> environments,
        List<ConfigFile> configs,
        String hostname,
        String address) {

    /** A file of config.yaml.d. */
    public record ConfigFile(String path, Set<String> keys, Arguments says) {
        public ConfigFile {
            keys = Set.copyOf(keys);
        }
    }

    public Found {
        changed = List.copyOf(changed);
        units = List.copyOf(units);
        environments = List.copyOf(environments);
        configs = List.copyOf(configs);
    }

    /** What it runs with, as well as that can be known: what it told itself, else what its files say. */
    public Arguments arguments() {
        return running.orElse(files);
    }

    /** Whether that is what runs: it told so itself, or no file has changed since it was started. */
    public boolean isSure() {
        return running.isPresent() || changed.isEmpty();
    }

    public boolean isServer() {
        return unit.equals("k3s");
    }
}
