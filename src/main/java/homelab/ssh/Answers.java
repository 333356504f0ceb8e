package homelab.ssh;

import homelab.host.Asker;
import homelab.model.Secret;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.userauth.method.ChallengeResponseProvider;
import net.schmizz.sshj.userauth.password.Resource;

/** keyboard-interactive (RFC 4256): what the host asks is put to whoever sits here, once. */
final class Answers implements ChallengeResponseProvider {
    private final Asker asker;
    private final String who;
    private boolean asked;

    /** @param who whose question it is, for people */
    Answers(Asker asker, String who) {
        this.asker = asker;
        this.who = who;
    }

    /** Whether the host asked anything. */
    boolean asked() {
        return asked;
    }

    @Override
    public List<String> getSubmethods() {
        return List.of();
    }

    @Override
    public void init(Resource resource, String name, String instruction) {
        // What the host calls its question is in the question.
    }

    @Override
    public char[] getResponse(String prompt, boolean echo) {
        asked = true;
        Optional<Secret> said = asker.ask("(" + who + ") " + plain(prompt));
        return said.map(Secret::reveal).orElse("").toCharArray();
    }

    /** A host must not write control sequences to the terminal. */
    private static String plain(String prompt) {
        return prompt.replaceAll("\\p{Cntrl}", " ").strip() + " ";
    }

    /** A second wrong answer may lock the account. */
    @Override
    public boolean shouldRetry() {
        return false;
    }
}
