package homelab.lab;

/**
 * The labs of a run of stories, of which only one is up at a time: idle nodes take a good part of two processors, and a
 * control plane that gets too little of them loses its leases.
 */
final class Labs implements AutoCloseable {
    private final Lab shared = Lab.shared();
    private Lab current = shared;

    /** Two hosts that stories share, one after another. */
    Lab shared() {
        shared.up();
        current = shared;
        return shared;
    }

    /** A lab of a story's own; the story closes it. */
    Lab own(String purpose, String nodes, String... more) {
        shared.close();
        current = Lab.of(purpose, nodes, more);
        return current;
    }

    /** The one that is up. */
    Lab current() {
        return current;
    }

    @Override
    public void close() {
        shared.close();
    }
}
