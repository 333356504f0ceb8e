package homelab.lab;

import java.util.Optional;

/**
 * The labs of a run of stories, of which only one is up at a time: idle nodes take a good part of two processors, and a
 * control plane that gets too little of them loses its leases.
 */
final class Labs implements AutoCloseable {
    private final Lab shared = Lab.shared();
    private Lab current = shared;
    private Optional<WholeCluster> whole = Optional.empty();

    /** Two hosts that stories share, one after another. */
    Lab shared() {
        if (current != shared) {
            close();
        }
        shared.up();
        current = shared;
        return shared;
    }

    /** A lab of a story's own; the story closes it. */
    Lab own(String purpose, String nodes, String... more) {
        close();
        current = Lab.of(purpose, nodes, more);
        return current;
    }

    /** The same for what goes on where it was broken off. */
    Lab again(String purpose, String nodes, String... more) {
        close();
        current = Lab.again(purpose, nodes, more);
        return current;
    }

    /** One that is there already, by its name. */
    Lab called(String name, String... more) {
        close();
        current = Lab.called(name, more);
        return current;
    }

    /** Two hosts with all that there is on them, made for the first story that asks. */
    WholeCluster whole() {
        if (whole.isEmpty()) {
            whole = Optional.of(
                    WholeCluster.on(own("whole", "jarvis:server,ultron:agent", "--charts=longhorn,argo-cd")));
        }
        return whole.get();
    }

    /** The one that is up. */
    Lab current() {
        return current;
    }

    /** With {@code -Dlab.keep=true} the last lab of a run stays up, for the next one that goes on with it. */
    @Override
    public void close() {
        if (!Boolean.getBoolean("lab.keep")) {
            current.close();
        }
        whole = Optional.empty();
    }
}
