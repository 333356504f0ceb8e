package homelab.ssh;

import homelab.host.Become;
import homelab.host.Script;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * How root is had on one host; learnt from what sudo says. The password is thought of only when {@code sudo -n} has
 * failed.
 */
final class Root {
    private final boolean sudo;
    private final SudoPasswords.Purse purse;
    private final String nonce;
    private volatile boolean known;
    private volatile boolean asks;
    private volatile boolean tty;

    /** @param sudo whether the login needs it */
    Root(boolean sudo, SudoPasswords.Purse purse) {
        this.sudo = sudo;
        this.purse = purse;
        this.known = !sudo;
        byte[] random = new byte[12];
        new SecureRandom().nextBytes(random);
        this.nonce = "homelab-" + HexFormat.of().formatHex(random);
    }

    SudoPasswords.Purse purse() {
        return purse;
    }

    /** Whether a script has been root already. */
    boolean known() {
        return known;
    }

    void worked() {
        known = true;
    }

    Become become(Script script) {
        boolean needed = sudo && script.as() == Script.As.ROOT;
        Become.Way way = needed ? asks ? Become.Way.ASKED : Become.Way.SILENTLY : Become.Way.NOT;
        return new Become(way, needed && tty, nonce);
    }

    /**
     * Whether it is worth trying once more, in another way.
     *
     * @param said by sudo, instead of running the script
     */
    boolean learns(Become tried, String said) {
        if (said.contains("must have a tty") && !tried.tty()) {
            tty = true;
            return true;
        }
        boolean wantsPassword = said.contains("password is required") || said.contains("authentication is required");
        if (wantsPassword && tried.way() == Become.Way.SILENTLY && purse.canOpen()) {
            asks = true;
            return true;
        }
        return false;
    }
}
