package homelab.incident;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happened, by the word that the host's script has for it. */
public enum Kind {
    CUT("the boot ended without a shutdown"),
    SHUTDOWN("shut down in order"),
    BOOT("booted"),
    WATCHDOG("the hardware watchdog"),
    POWER("too little voltage"),
    MEMORY("out of memory"),
    STALL("the kernel was stuck"),
    PANIC("the kernel gave up"),
    DISK("a disk failed to answer"),
    FILES("a file system was repaired or failed"),
    NFS("a server of NFS did not answer"),
    CLOCK("the clock"),
    K3S("k3s"),
    ETCD("etcd's leader"),
    SANDBOX("names of pods were taken"),
    CSI("a storage driver was missing"),
    POD("a pod was started again"),
    NODE("Ready"),
    HOMELAB("homelab");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
