package homelab.check;

/**
 * One thing that is so, is not so, or could not be seen.
 *
 * @param subject a node's name, or "cluster"
 * @param why what was seen; for UNKNOWN what kept it from being seen
 * @param fix what to type or to change; empty when TRUE
 */
public record Condition(Name name, String subject, Verdict verdict, String why, String fix) {

    /** The names, stable and documented in docs/reference/conditions.md, in the order in which they are told. */
    public enum Name {
        HostReachable("unreachable"),
        UnitActive("k3s is not running"),
        ApiReady("the API does not answer"),
        NodeReady("not Ready"),
        EtcdIsVoter("no vote in etcd"),
        PodNetwork("pods do not reach those of other nodes"),
        CoreDNSAvailable("names do not resolve in pods"),
        LabelsSet("labels or taints differ from the inventory");

        private final String whenFalse;

        Name(String whenFalse) {
            this.whenFalse = whenFalse;
        }

        /** What FALSE means, in a few words that follow the subject and a colon. */
        public String whenFalse() {
            return whenFalse;
        }
    }

    static Condition ok(Name name, String subject, String why) {
        return new Condition(name, subject, Verdict.TRUE, why, "");
    }

    static Condition bad(Name name, String subject, String why, String fix) {
        return new Condition(name, subject, Verdict.FALSE, why, fix);
    }

    static Condition unknown(Name name, String subject, String why, String fix) {
        return new Condition(name, subject, Verdict.UNKNOWN, why, fix);
    }
}
