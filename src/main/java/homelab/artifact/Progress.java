package homelab.artifact;

/** Told how far a download is. */
public interface Progress {
    Progress NONE = (bytes, total) -> {};

    /** @param bytes here already; @param total of the whole file, or -1 while it is not known */
    void at(long bytes, long total);
}
