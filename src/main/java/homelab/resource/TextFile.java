package homelab.resource;

import homelab.model.Secret;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.util.ArrayList;
import java.util.List;

/**
 * A file on a host. Written beside its place, fsynced, renamed; a link at the path is followed.
 *
 * @param mode octal, "0644"
 * @param owner {@code user:group}
 * @param worst what a change of it may do; making it when it is absent is always CREATE
 */
public record TextFile(String path, Content content, String mode, String owner, Worst worst) implements Resource {

    /** A file that anybody may read, 0644 root:root. */
    public static TextFile of(String path, String text) {
        return new TextFile(path, Content.of(text), "0644", "root:root", Worst.CHANGE);
    }

    /** A file for root alone, 0600, whose text may be shown. */
    public static TextFile closed(String path, String text) {
        return of(path, text).withMode("0600");
    }

    /** A file for root alone, 0600, whose text is never read out, shown or logged. */
    public static TextFile secret(String path, Secret text) {
        return new TextFile(path, Content.of(text), "0600", "root:root", Worst.CHANGE);
    }

    public TextFile withMode(String other) {
        return new TextFile(path, content, other, owner, worst);
    }

    public TextFile withWorst(Worst other) {
        return new TextFile(path, content, mode, owner, other);
    }

    @Override
    public String id() {
        return "file " + path;
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    private Probe<FileLook> probe() {
        return content instanceof Content.Open ? FileLook.probe(path) : FileLook.probeUnread(path);
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(FileLook look) {
        if (look instanceof FileLook.Present present) {
            List<Change> changes = changes(present);
            return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, worst);
        }
        if (look instanceof FileLook.Other other) {
            return new Status.Unknown(path + " is a " + other.kind() + ", not a file");
        }
        return Status.drift(Worst.CREATE, path, "absent", "file, " + mode + " " + owner);
    }

    private List<Change> changes(FileLook.Present is) {
        List<Change> changes = new ArrayList<>();
        if (!is.sha256().equals(content.sha256())) {
            changes.addAll(contentChanges(is));
        }
        if (!is.mode().equals(bare(mode))) {
            changes.add(new Change(path + " mode", is.mode(), bare(mode)));
        }
        if (!is.owner().equals(owner)) {
            changes.add(new Change(path + " owner", is.owner(), owner));
        }
        return changes;
    }

    private List<Change> contentChanges(FileLook.Present is) {
        if (content instanceof Content.Open open && is.text().isPresent()) {
            return LineChanges.between(path, is.text().get(), open.text());
        }
        return List.of(new Change(path, "other content", "new content"));
    }

    /** {@code stat} prints modes without leading zeros. */
    private static String bare(String octal) {
        return octal.replaceFirst("^0+(?=.)", "");
    }

    @Override
    public Deed deed() {
        String put = "put " + Sh.quote(path) + " " + mode + " " + Sh.quote(owner);
        return Deed.Shell.of("set -eu\n" + FileWrite.PUT + Sh.feed(content.reveal(), put));
    }
}
