package homelab.command;

import homelab.artifact.Channels;
import homelab.artifact.Fetch;
import homelab.inventory.InventoryReader;
import homelab.model.K3s;
import homelab.model.K3sVersion;
import homelab.plan.Finding;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which release of k3s is asked for: by its name, or by a channel of k3s. */
final class ReleaseChoice {
    @Option(
            names = "--to",
            paramLabel = "RELEASE",
            converter = ReleaseTyped.class,
            description = "This release of k3s; when work begins, the inventory says so too.")
    private Optional<K3sVersion> to = Optional.empty();

    @Option(
            names = "--channel",
            paramLabel = "CHANNEL",
            description = {
                "The release that a channel of k3s means today: stable, latest or that of a minor such as v1.34. When work",
                "begins, the inventory names that release. One that is not newer than the inventory's changes nothing."
            })
    private Optional<String> channel = Optional.empty();

    /**
     * A release, and how it was found.
     *
     * @param newer than the inventory's, for a channel; what is typed is taken as it is
     * @param said what a channel means; empty for a release that was typed
     */
    record Meant(K3sVersion release, boolean newer, Optional<Finding> said) {

        /** For the plan of what is to be done. */
        Optional<Finding> noted() {
            return newer ? said : Optional.empty();
        }

        /** For who wonders why there is nothing to do: a plan without work shows no notes. */
        Optional<String> stays() {
            return newer
                    ? Optional.empty()
                    : said.map(note ->
                            note.problem().what() + ": " + note.problem().why());
        }

        /** A problem with the release, for somebody who did not type it. */
        Problem told(Problem problem) {
            return said.map(note -> new Problem(
                            problem.what(),
                            problem.why() + "; " + note.problem().what(),
                            problem.fix(),
                            problem.where()))
                    .orElse(problem);
        }
    }

    /** The option that was typed. */
    Optional<String> typed() {
        return to.map(release -> "--to").or(() -> channel.map(name -> "--channel"));
    }

    /**
     * Empty when none was asked for. Asks the channel server that the inventory names.
     *
     * @throws Failure with exit USAGE for words that do not go together and for a channel that is not there
     */
    Optional<Meant> meant(Path inventory) {
        if (to.isPresent() && channel.isPresent()) {
            throw new Failure(
                    Exit.USAGE,
                    Problem.of(
                            "--to is typed beside --channel",
                            "each of them says which release is meant",
                            "one of the two: homelab upgrade --to " + to.get() + ", or homelab upgrade --channel "
                                    + channel.get()));
        }
        return to.map(release -> new Meant(release, true, Optional.empty()))
                .or(() -> channel.map(
                        name -> asked(name, InventoryReader.read(inventory).k3s())));
    }

    private static Meant asked(String name, K3s k3s) {
        Channels channels = Channels.ask(k3s.channels(), new Fetch());
        Near.refuseUnknown(List.of(name), channels.names(), "k3s has no channel", "name one of these, or --to RELEASE");
        K3sVersion latest = channels.release(name);
        boolean newer = latest.compareTo(k3s.version()) > 0;
        Finding said = Finding.note(
                "channel " + name + " means " + latest,
                k3s.channels() + " says so" + (newer ? "" : "; it is not newer than the inventory's " + k3s.version()),
                newer ? "nothing; another day it may mean another: --to " + latest + " stays" : "nothing");
        return new Meant(newer ? latest : k3s.version(), newer, Optional.of(said));
    }
}
