package homelab.resource.backup;

/** Where it lies on the nodes. */
public final class BackupPaths {
    /** Of a node that copies: settings, password, key, and what was done; root's alone. */
    public static final String STATE = "/var/lib/homelab/backup";

    /** Of a node that keeps copies of others: the home of the login that they come in by. */
    public static final String HOME = "/var/lib/homelab-backup";

    public static final String USER = "homelab-backup";

    public static final String PROGRAM = "/usr/local/lib/homelab/backup";

    private BackupPaths() {}
}
