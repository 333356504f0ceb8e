package homelab.incident;

/** What each kind of trouble comes from and what prevents it: an item of hardening, a check of doctor, or a thing to buy. */
final class Cure {
    private Cure() {}

    static String cause(Kind kind) {
        return switch (kind) {
            case POWER -> "its supply was too weak";
            case PANIC -> "its kernel gave up";
            case WATCHDOG -> "it stood still, and the hardware reset it";
            case STALL -> "its kernel was stuck";
            case NFS -> "it hung on a server of NFS";
            case DISK -> "its disk no longer answered";
            case MEMORY -> "it ran out of memory";
            default -> "it went away";
        };
    }

    /** Empty where there is nothing to do but to know of it. */
    static String of(Kind kind) {
        return switch (kind) {
            case POWER -> "a supply of its own, 27 W for a Pi 5; homelab doctor explain HOST-011";
            case STALL, PANIC -> "homelab harden apply watchdog panic rcu; another kernel";
            case WATCHDOG -> "homelab doctor --group HOST: what made it stand still";
            case NFS -> "homelab harden apply nfs; better, no NFS on a server";
            case DISK -> "another disk or adapter: homelab doctor --group HOST";
            case MEMORY -> "limits for the pods that take most: homelab doctor --group POD";
            case CLOCK -> "homelab harden apply clock; a battery for the clock of a Pi 5";
            case FILES -> "homelab harden apply fsck";
            case SANDBOX -> "homelab harden apply clock reaper leftovers; now: homelab recover-sandboxes";
            case CSI -> "homelab harden apply leftovers";
            case ETCD -> "three servers, or a faster disk: homelab doctor --group ETCD";
            default -> "";
        };
    }
}
