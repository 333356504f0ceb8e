package homelab.recovery;

/** What is to become of something that was found. */
public sealed interface Judgement {

    /** A line as {@code decide} writes it: the deed, upon what, and what else it tells. */
    String line();

    /** The deed and upon what: by these it is the same at another look. */
    default String key() {
        String[] words = line().split(" ", -1);
        return words[0] + " " + words[1];
    }

    /** Upon what, whatever is done with it. */
    default String target() {
        return key().split(" ", -1)[1];
    }

    /** Whether something is done. */
    boolean acts();

    /** What is done with a sandbox or a container. */
    enum Act {
        REMOVE("remove"),
        /** Only when the user names its pod. */
        ASK("ask"),
        LEAVE("leave");

        private final String word;

        Act(String word) {
            this.word = word;
        }
    }

    /** Of a sandbox that is not ready. */
    record OfSandbox(Sandbox sandbox, Act act, Kind kind, Reason reason) implements Judgement {
        @Override
        public String line() {
            return act.word + " " + sandbox.id() + " " + kind.word() + " " + reason.word() + " " + sandbox.uid();
        }

        @Override
        public boolean acts() {
            return act == Act.REMOVE;
        }
    }

    /**
     * Of a container that keeps a name which the kubelet asked for.
     *
     * @param uid its pod's, empty when its sandbox is not listed
     */
    record OfContainer(Container container, Conflict conflict, Act act, Reason reason, String uid)
            implements Judgement {
        @Override
        public String line() {
            return "container-" + act.word + " " + container.id() + " A " + reason.word() + " " + uid;
        }

        @Override
        public boolean acts() {
            return act == Act.REMOVE;
        }
    }

    /** Of a leftover that goes. */
    record OfLeftover(Leftover leftover) implements Judgement {
        @Override
        public String line() {
            if (leftover instanceof Leftover.Cache cache) {
                return "cache " + cache.file() + " " + cache.id();
            }
            if (leftover instanceof Leftover.Address address) {
                return "address " + address.ip() + " " + address.id();
            }
            return leftover instanceof Leftover.Shim shim
                    ? "shim " + shim.pid() + " " + shim.id()
                    : "socket " + ((Leftover.Socket) leftover).file();
        }

        @Override
        public boolean acts() {
            return true;
        }
    }

    /** What helps a sandbox that is being made and does not come to an end. */
    enum Advice {
        WAIT,
        RESTART,
        REBOOT
    }

    /** Class B: the name is reserved by one that is not listed, so it is still being made. */
    record InFlight(Conflict conflict, Advice advice) implements Judgement {
        @Override
        public String line() {
            return "flight " + conflict.name() + " " + advice.name().toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public boolean acts() {
            return false;
        }
    }
}
