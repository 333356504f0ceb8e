package homelab.phase;

import homelab.adopt.Arguments;
import homelab.adopt.Comparison;
import homelab.adopt.Comparison.Difference;
import homelab.adopt.Found;
import homelab.adopt.Found.ConfigFile;
import homelab.model.Node;
import homelab.problem.Problem;
import homelab.resource.Change;
import homelab.resource.K3sAdoption;
import homelab.resource.K3sConfig;
import homelab.resource.K3sFingerprint;
import homelab.resource.TextFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A k3s of others beside what it is to be.
 *
 * @param asked whether the user wants it taken over
 * @param program whether its program is the wanted one
 * @param outside whether it need not be told of registries or a proxy: with those of homelab it was never started
 */
record Adopting(Node node, Found found, Arguments wanted, boolean asked, boolean program, boolean outside) {
    private static final String PROGRAM = "/usr/local/bin/k3s";
    private static final String CONFIG = K3sConfig.PATH;
    private static final String SERVERS_TOKEN = "/var/lib/rancher/k3s/server/token, where k3s keeps it";

    private static final Map<String, String> FIXED =
            Map.of("cluster-cidr", "network.pods", "service-cidr", "network.services");

    /** Files with keys that homelab's own has not stay where they are; k3s reads them after it. */
    private List<ConfigFile> staying() {
        return found.configs().stream()
                .filter(file -> !wanted.values().keySet().containsAll(file.keys()))
                .toList();
    }

    private Comparison comparison() {
        Arguments all = wanted;
        for (ConfigFile file : staying()) {
            all = file.says().over(all);
        }
        return Comparison.of(found, all);
    }

    /** Whether what runs is as good as what is wanted, and that is known. */
    boolean isEqual() {
        return comparison().isEqual()
                && found.isSure()
                && found.program().equals(PROGRAM)
                && found.active()
                && program
                && outside;
    }

    K3sAdoption resource(List<TextFile> files, Optional<K3sFingerprint> fingerprint) {
        List<String> leaving = Stream.concat(
                        found.units().stream(),
                        found.configs().stream()
                                .filter(file -> !staying().contains(file))
                                .map(ConfigFile::path))
                .toList();
        return new K3sAdoption(
                found.unit(),
                found.fragment(),
                files,
                leaving,
                found.environments(),
                isEqual() ? fingerprint : Optional.empty(),
                changes(leaving, files),
                against());
    }

    private List<Change> changes(List<String> leaving, List<TextFile> files) {
        Comparison comparison = comparison();
        List<Change> changes = new ArrayList<>();
        if (!comparison.equal().isEmpty()) {
            changes.add(new Change("equal", String.join(", ", comparison.equal()), "the same, in " + CONFIG));
        }
        comparison.differs().forEach(one -> changes.add(new Change(named("differs", one), one.has(), one.wanted())));
        comparison.unknown().forEach(one -> changes.add(new Change(named("unknown to us", one), one.has(), "not set")));
        Optional.ofNullable(found.files().places().get("token"))
                .ifPresent(place -> changes.add(new Change("token", "in " + place, "in " + tokenFile(files))));
        leaving.forEach(path -> changes.add(new Change(path, "file of others", "kept in " + K3sAdoption.KEPT)));
        changes.add(new Change(found.fragment(), "file of others", "homelab's, the old one in " + K3sAdoption.KEPT));
        changes.add(new Change(found.unit(), running(), isEqual() ? "goes on running" : "is restarted in its turn"));
        return changes;
    }

    private static String tokenFile(List<TextFile> files) {
        return files.stream()
                .map(TextFile::path)
                .filter(K3sConfig.TOKEN::equals)
                .findFirst()
                .orElse(SERVERS_TOKEN);
    }

    private String named(String kind, Difference one) {
        String place = found.arguments().places().get(one.key());
        return kind + ": " + one.key() + (place == null ? "" : " (" + place + ")");
    }

    private String running() {
        if (!found.active()) {
            return "does not run";
        } else if (!found.isSure()) {
            return "may run with other settings: " + String.join(", ", found.changed()) + " changed after its start";
        } else if (!program || !found.program().equals(PROGRAM)) {
            return "runs another program";
        } else if (!outside) {
            return "was not told of the inventory's registries or proxy";
        }
        return isEqual() ? "runs with equal arguments" : "runs with other arguments";
    }

    private Optional<Problem> against() {
        return Stream.of(elsewhere(), founded(), secret(), otherwise(), unasked())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Problem> elsewhere() {
        return Stream.of("config", "data-dir")
                .filter(key -> !found.arguments().one(key).isEmpty())
                .filter(key -> !List.of(CONFIG, "/var/lib/rancher/k3s", "/var/lib/rancher/k3s/")
                        .contains(found.arguments().one(key)))
                .findFirst()
                .map(key -> problem(
                        "its k3s has its " + key + " elsewhere",
                        "--" + key + " is " + found.arguments().one(key)
                                + ", and homelab knows k3s's usual places alone",
                        "leave this cluster to the tool that made it, or move it: k3s needs new nodes for that"));
    }

    /** What the cluster itself says of it is asked too, but there may be no API now. */
    private Optional<Problem> founded() {
        return comparison().differs().stream()
                .filter(one -> FIXED.containsKey(one.key()))
                .findFirst()
                .map(one -> problem(
                        "its cluster was founded with another " + one.key(),
                        "it has " + one.has() + ", the inventory says " + one.wanted()
                                + ", and k3s fixes that for ever",
                        "set " + FIXED.get(one.key()) + " in the inventory to " + one.has()));
    }

    private Optional<Problem> secret() {
        List<String> secrets = comparison().secrets();
        return secrets.isEmpty()
                ? Optional.empty()
                : Optional.of(problem(
                        "its k3s has a secret that no inventory may hold",
                        String.join(", ", secrets) + " would be lost",
                        "write it into a file of root's below " + CONFIG + ".d/ on " + node.name()
                                + ", which homelab leaves there, and restart k3s once"));
    }

    /** A file that stays is read after homelab's, and wins. */
    private Optional<Problem> otherwise() {
        return staying().stream()
                .flatMap(file -> file.keys().stream()
                        .filter(key -> !wanted.of(key).isEmpty()
                                && !Set.copyOf(wanted.of(key))
                                        .equals(Set.copyOf(file.says().of(key))))
                        .map(key -> problem(
                                file.path() + " says " + key + " otherwise than the inventory",
                                "it has keys of its own, so it stays, and k3s believes it more than config.yaml",
                                "take " + key + " out of " + file.path() + ", or say the same in the inventory")))
                .findFirst();
    }

    private Optional<Problem> unasked() {
        return asked
                ? Optional.empty()
                : Optional.of(problem(
                        "runs a k3s that homelab did not install",
                        summary(),
                        "homelab plan --adopt shows what taking it over changes, homelab bootstrap --adopt does it; "
                                + "homelab init --from writes an inventory that says what it has"));
    }

    private String summary() {
        Comparison comparison = comparison();
        List<String> parts = new ArrayList<>();
        if (!comparison.equal().isEmpty()) {
            parts.add("equal: " + String.join(", ", comparison.equal()));
        }
        if (!comparison.differs().isEmpty()) {
            parts.add("differs: " + told(comparison.differs()));
        }
        if (!comparison.unknown().isEmpty()) {
            parts.add("unknown to us: " + told(comparison.unknown()));
        }
        return String.join("; ", parts) + (parts.isEmpty() ? "" : "; ") + "taken over it "
                + (isEqual() ? "goes on running" : "is restarted");
    }

    private static String told(List<Difference> differences) {
        return differences.stream()
                .map(one -> one.key() + " " + one.has() + " → " + one.wanted())
                .collect(Collectors.joining(", "));
    }

    private Problem problem(String what, String why, String fix) {
        return Problem.of(node.name() + ": " + what, why, fix);
    }
}
