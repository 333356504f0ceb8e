package homelab.command;

import homelab.model.K3sVersion;
import homelab.model.Node;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.resource.rotation.Encryption;
import java.util.Map;
import java.util.Optional;

/**
 * What speaks against changing how Secrets are encrypted; all of it is seen before anything is changed.
 *
 * @param server where it would begin, or began
 */
record KeyGuard(Job job, EncryptionLook look, Node server) {
    /**
     * By minor, the first release after k3s #13370 was merged, by which encryption can be begun on a cluster that was
     * founded without: inferred from dates, and only the wording hangs on it. v1.34.3 has it not (k3s #13595).
     */
    private static final Map<Integer, Integer> BEGINS_LATER = Map.of(32, 12, 33, 8, 34, 4, 35, 1);

    /** @throws Failure with exit REFUSED, or BLIND where what is there now cannot be seen */
    void refuseRotation() {
        Encryption is = seen();
        RollCall.refuse(away(), others(), token(), off(is), disagree(is), begunByOthers(is), other(is));
    }

    /** @throws Failure as {@link #refuseRotation} */
    void refuseEnabling() {
        Encryption is = seen();
        RollCall.refuse(away(), others(), token(), never(is), undeclared());
    }

    private Encryption seen() {
        return look.of(server)
                .orElseThrow(() -> new Failure(
                        Exit.BLIND,
                        Problem.of(
                                server.name() + ": how Secrets are encrypted is not known",
                                "k3s there does not tell it",
                                "homelab secrets-encryption status -i " + job.inventory())));
    }

    private RollCall call() {
        return new RollCall(job.workshop().site());
    }

    private Optional<Problem> away() {
        return call().away(
                        "cannot get the new key",
                        "it goes on to write with the key of before, and what it writes nobody could read once that key"
                                + " is gone");
    }

    private Optional<Problem> others() {
        return call().others("what it is started with is not homelab's");
    }

    private Optional<Problem> token() {
        return job.workshop()
                .changing()
                .map(changing -> Problem.of(
                        "the token is being changed",
                        changing.server() + " has the token of before laid aside, and servers have different ones",
                        "homelab token rotate, which goes on with it"));
    }

    private Optional<Problem> off(Encryption is) {
        return is.isOn()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        "there is no key to rotate: Secrets are kept in clear",
                        is.on().isEmpty() ? "the cluster was founded without" : "encryption was disabled",
                        "homelab secrets-encryption enable"));
    }

    private Optional<Problem> disagree(Encryption is) {
        return is.agrees() || look.begun().isPresent() || is.on().isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        "servers do not have the same keys",
                        is.disagreement(),
                        "restart k3s on the one that differs: a server takes the keys at its start; then homelab"
                                + " secrets-encryption status"));
    }

    private Optional<Problem> begunByOthers(Encryption is) {
        boolean theirs = look.begun().isEmpty()
                && is.isOn()
                && (is.rotates() || !is.others().isEmpty());
        return theirs
                ? Optional.of(Problem.of(
                        "a rotation is under way that homelab did not begin",
                        server.name() + " is at " + is.stage() + ", with "
                                + (is.others().size() + 1) + " keys",
                        "end it as it was begun: docs.k3s.io/cli/secrets-encrypt; k3s secrets-encrypt status there"))
                : Optional.empty();
    }

    /** "rotate does not support secretbox key type, use rotate-keys instead" (k3s pkg/server/handlers/secrets-encrypt.go). */
    private Optional<Problem> other(Encryption is) {
        boolean several = job.cluster().servers().size() > 1;
        return is.active()
                .filter(key -> several && !key.kind().equals("AES-CBC"))
                .map(key -> Problem.of(
                        "k3s rotates keys of " + key.kind() + " on several servers only all at once",
                        "until they are started again the others cannot read what one writes, and what they write"
                                + " meanwhile nobody can read later",
                        "with workloads stopped, by hand: k3s secrets-encrypt rotate-keys on " + server.name()
                                + ", then restart k3s on every server"));
    }

    private Optional<Problem> never(Encryption is) {
        return is.on().isPresent()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        "the cluster was founded without encryption, and " + release() + " cannot begin with it later",
                        "k3s learned it in January 2026 (k3s #13370, not in v1.34.3): enable, secrets-encryption:"
                                + " true and a restart of all servers, rotate-keys; homelab has not been tried with that",
                        "a new cluster with k3s.secrets-encryption: true; or by hand with such a release, after homelab"
                                + " snapshot save"));
    }

    private String release() {
        K3sVersion has = job.cluster().k3s().version();
        Integer first = BEGINS_LATER.get(has.minor());
        boolean could = has.minor() > 35 || (first != null && has.patch() >= first);
        return could ? "homelab" : "k3s " + has;
    }

    private Optional<Problem> undeclared() {
        return job.cluster().k3s().secretsEncryption()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        "the inventory says k3s.secrets-encryption: false",
                        "k3s started without it would not read what is encrypted",
                        "k3s.secrets-encryption: true in the inventory, then homelab bootstrap"));
    }
}
