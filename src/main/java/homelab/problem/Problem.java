package homelab.problem;

import java.util.Optional;

/**
 * A failure as a person wants it told. None of the parts holds a secret.
 *
 * @param what what did not work, naming its subject ("ultron: cannot join the cluster")
 * @param why what was seen that makes it so; may be empty only when nothing at all is known
 * @param fix what to type or to change; may be empty
 * @param where the place in the user's file, if it is there that the fix belongs
 */
public record Problem(String what, String why, String fix, Optional<Place> where) {

    public static Problem of(String what, String why, String fix) {
        return new Problem(what, why, fix, Optional.empty());
    }

    public static Problem at(Place where, String what, String why, String fix) {
        return new Problem(what, why, fix, Optional.of(where));
    }

    public Problem about(String subject) {
        return new Problem(subject + ": " + what, why, fix, where);
    }
}
