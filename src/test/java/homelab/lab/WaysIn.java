package homelab.lab;

import java.util.List;

/** Every way into a host that is tried. Passwords and passphrases are canaries: nothing may say them. */
final class WaysIn {
    static final String PASSWORD = "canary-of-sudo-4711";
    static final String PASSPHRASE = "canary-of-the-key-4711";

    private static final String KEY = "user: pi\nkey: KEYS/id_ed25519";
    private static final String ASKS =
            "echo 'pi:" + PASSWORD + "' | chpasswd; mv /etc/sudoers.d/010_pi-nopasswd /root/nopasswd; "
                    + "echo 'pi ALL=(ALL) ALL' >/etc/sudoers.d/011; ";
    private static final String NO_MORE =
            "mv /root/nopasswd /etc/sudoers.d/010_pi-nopasswd; rm -f /etc/sudoers.d/011; ";
    private static final String TTY = "echo 'Defaults requiretty' >/etc/sudoers.d/012; ";
    private static final String NO_TTY = "rm -f /etc/sudoers.d/012; ";
    private static final String GREETS = "usermod -s SHELL pi; install -d -o pi -g pi /home/pi/.config/fish; "
            + "echo 'echo Welcome home; echo and beware >&2' | tee /home/pi/.config/fish/config.fish >>/home/pi/.bashrc; "
            + "sed -i '1i echo Welcome home; echo and beware >&2' /home/pi/.bashrc; echo 'echo Welcome home' >/home/pi/.cshrc; ";
    private static final String SILENT = "usermod -s /bin/bash pi; rm -rf /home/pi/.config/fish /home/pi/.cshrc; "
            + "cp /etc/skel/.bashrc /home/pi/.bashrc; ";
    private static final String INTERACTIVE =
            "printf 'KbdInteractiveAuthentication yes\\nUsePAM yes\\nAuthenticationMethods METHODS\\n'"
                    + " >/etc/ssh/sshd_config.d/kbd.conf; echo 'pi:" + PASSWORD
                    + "' | chpasswd; systemctl reload ssh; sleep 1";
    private static final String USUAL = "rm /etc/ssh/sshd_config.d/kbd.conf; systemctl reload ssh; sleep 1";
    private static final String AGENT = "eval \"$(ssh-agent -s)\" >/dev/null; trap 'kill $SSH_AGENT_PID' EXIT; ";
    private static final String STRANGERS =
            "for i in 1 2 3 4 5 6 7; do [ -e KEYS/stranger$i ] || ssh-keygen -q -t ed25519 -N '' -C stranger$i -f KEYS/stranger$i; ";
    private static final String LOCKED =
            "[ -e KEYS/locked ] || { cp KEYS/id_ed25519 KEYS/locked; ssh-keygen -q -p -P '' -N " + PASSPHRASE
                    + " -f KEYS/locked; }";
    private static final String JUMPS = """
            Host jarvis
              HostName JUMP
            Host jarvis near
              User pi
              IdentityFile KEYS/id_ed25519
            Host near
              HostName ADDRESS
              ProxyJump jarvis
            Host ADDRESS
              ProxyJump HOPS
            """;

    private WaysIn() {}

    static List<WayIn> all() {
        return java.util.stream.Stream.of(keys(), configuration(), sudo(), shells(), links())
                .flatMap(List::stream)
                .toList();
    }

    private static List<WayIn> keys() {
        return List.of(
                WayIn.of("key of the inventory").defaults(KEY),
                WayIn.of("agent with three keys, the third fits")
                        .defaults("user: pi")
                        .before(AGENT + STRANGERS + "done; ssh-add -q KEYS/stranger1 KEYS/stranger2 KEYS/id_ed25519"),
                WayIn.of("agent with eight keys, IdentitiesOnly")
                        .defaults("user: pi")
                        .config("Host *\n  IdentitiesOnly yes\n  IdentityFile KEYS/id_ed25519\n")
                        .before(AGENT + STRANGERS + "ssh-add -q KEYS/stranger$i; done; ssh-add -q KEYS/id_ed25519"),
                WayIn.of("agent with too many keys: said, with their order")
                        .defaults("user: pi")
                        .before(AGENT + STRANGERS + "ssh-add -q KEYS/stranger$i; done; ssh-add -q KEYS/id_ed25519")
                        .sees(
                                "hung up after 6 keys .its MaxAuthTries.: stranger1 of the agent .*, then stranger2 .*stranger6"),
                WayIn.of("passphrase, typed once")
                        .defaults("user: pi\nkey: KEYS/locked")
                        .before(LOCKED)
                        .typing(PASSPHRASE)
                        .sees("Passphrase of KEYS/locked: ", WayIn.IN),
                WayIn.of("passphrase, nobody there: said")
                        .defaults("user: pi\nkey: KEYS/locked")
                        .before(LOCKED)
                        .sees("there is no private key to try.*protected by a passphrase"),
                WayIn.of("key and then keyboard-interactive")
                        .on(INTERACTIVE.replace("METHODS", "publickey,keyboard-interactive"), USUAL)
                        .defaults(KEY)
                        .typing(PASSWORD),
                WayIn.of("keyboard-interactive, wrong: asked once")
                        .on(INTERACTIVE.replace("METHODS", "keyboard-interactive"), USUAL)
                        .defaults(KEY)
                        .typing("wrong")
                        .sees("was answered to its question; it was not tried again"));
    }

    private static List<WayIn> configuration() {
        return List.of(
                WayIn.of("~/.ssh/config by name: HostName, User, Port, IdentityFile")
                        .on("/usr/sbin/sshd -p 2222 -o PidFile=/run/second.pid", "kill $(cat /run/second.pid)")
                        .config(
                                "Host ultron\n  HostName ADDRESS\n  User pi\n  Port 2222\n  IdentityFile KEYS/id_ed25519\n"),
                WayIn.of("~/.ssh/config by wildcard of the address")
                        .config("Host 10.77.*\n  User pi\n  IdentityFile KEYS/id_ed25519\n"),
                WayIn.of("ssh-entry with another HostName")
                        .node("address: 192.0.2.7, ssh-entry: from-afar")
                        .config("Host from-afar\n  HostName ADDRESS\n  User pi\n  IdentityFile KEYS/id_ed25519\n"),
                WayIn.of("ProxyJump").defaults(KEY).config(JUMPS.replace("HOPS", "jarvis")),
                WayIn.of("ProxyJump, chained").defaults(KEY).config(JUMPS.replace("HOPS", "jarvis,near")),
                WayIn.of("ProxyJump of a jump host").defaults(KEY).config(JUMPS.replace("HOPS", "near")),
                WayIn.of("jump of the inventory").defaults(KEY).node("address: ADDRESS, jump: jarvis"),
                WayIn.of("ProxyCommand: refused")
                        .defaults(KEY)
                        .config("Host *\n  ProxyCommand nc %h %p\n")
                        .sees("its way in ~/.ssh/config is a ProxyCommand"),
                WayIn.of("host-keys: strict, unknown host: refused")
                        .defaults(KEY, "host-keys: strict")
                        .before("sed -i /ADDRESS/d KNOWN")
                        .sees("ultron: its host key is not known", "ssh-keyscan -p 22 ADDRESS"),
                WayIn.of("host-keys: accept-new").defaults(KEY).before("sed -i /ADDRESS/d KNOWN"));
    }

    private static List<WayIn> sudo() {
        return List.of(
                WayIn.of("sudo with a password, from env")
                        .on(ASKS, NO_MORE)
                        .defaults(KEY, "sudo-password: {env: PI_PASSWORD}")
                        .before("export PI_PASSWORD=" + PASSWORD),
                WayIn.of("sudo with a password, from a file")
                        .on(ASKS, NO_MORE)
                        .defaults(KEY, "sudo-password: {file: KEYS/password}")
                        .before("(umask 077; echo " + PASSWORD + " >KEYS/password)"),
                WayIn.of("sudo with a password, from a command")
                        .on(ASKS, NO_MORE)
                        .defaults(KEY, "sudo-password: {command: [cat, KEYS/password]}")
                        .before("(umask 077; echo " + PASSWORD + " >KEYS/password)"),
                WayIn.of("sudo with a password, typed")
                        .on(ASKS, NO_MORE)
                        .defaults(KEY)
                        .typing(PASSWORD)
                        .sees("Password of pi for sudo, first on ultron: ", WayIn.IN),
                WayIn.of("sudo with a wrong password: tried once")
                        .on(
                                ASKS + "journalctl --rotate -q; journalctl --vacuum-time=1s -q",
                                NO_MORE
                                        + "sleep 1; n=$(journalctl -q --no-pager | grep -c 'pam_unix(sudo:auth): authentication failure'); [ \"$n\" = 1 ]")
                        .defaults(KEY, "sudo-password: {env: PI_PASSWORD}")
                        .before("export PI_PASSWORD=wrong")
                        .sees("it was tried once, on this host, and is tried on no other"),
                WayIn.of("sudo with a password, none given: said")
                        .on(ASKS, NO_MORE)
                        .defaults(KEY)
                        .sees("sudo: a password is required"),
                WayIn.of("requiretty").on(TTY, NO_TTY).defaults(KEY),
                WayIn.of("requiretty and a password")
                        .on(ASKS + TTY, NO_MORE + NO_TTY)
                        .defaults(KEY, "sudo-password: {env: PI_PASSWORD}")
                        .before("export PI_PASSWORD=" + PASSWORD));
    }

    private static List<WayIn> shells() {
        return List.of(
                greeting("bash", ASKS, NO_MORE),
                greeting("fish", ASKS, NO_MORE),
                greeting("fish", ASKS + TTY, NO_MORE + NO_TTY),
                greeting("tcsh", ASKS + TTY, NO_MORE + NO_TTY));
    }

    private static WayIn greeting(String shell, String made, String undone) {
        String more = made.contains("requiretty") ? ", requiretty" : "";
        return WayIn.of(shell + " that greets, sudo with a password" + more)
                .on(
                        "[ -e /usr/bin/" + shell + " ] || { echo no " + shell + "; exit 9; }; "
                                + GREETS.replace("SHELL", "/usr/bin/" + shell) + made,
                        SILENT + undone)
                .defaults(KEY, "sudo-password: {env: PI_PASSWORD}")
                .before("export PI_PASSWORD=" + PASSWORD);
    }

    private static List<WayIn> links() {
        String lose = "iptables -I INPUT -p tcp --dport 22 -m statistic --mode random --probability 0.05 -j DROP; "
                + "iptables -I OUTPUT -p tcp --sport 22 -m statistic --mode random --probability 0.05 -j DROP";
        String noMore = "iptables -D INPUT 1; iptables -D OUTPUT 1";
        return List.of(
                WayIn.of("300 ms away").defaults(KEY).node("address: 127.0.0.1, port: FAR"),
                WayIn.of("300 ms away, sudo with a password")
                        .on(ASKS, NO_MORE)
                        .defaults(KEY, "sudo-password: {env: PI_PASSWORD}")
                        .before("export PI_PASSWORD=" + PASSWORD)
                        .node("address: 127.0.0.1, port: FAR"),
                WayIn.of("5 % of packets lost each way").on(lose, noMore).defaults(KEY),
                WayIn.of("300 ms away and 5 % lost")
                        .on(lose, noMore)
                        .defaults(KEY)
                        .node("address: 127.0.0.1, port: FAR"));
    }
}
