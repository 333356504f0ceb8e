package homelab.resource.rotation;

import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Status;
import homelab.resource.Worst;
import java.util.List;

/** That nobody needs any more what a host remembers of a change that was under way. */
public record NoteGone(String id, String file) implements Resource {

    /** For what k3s was started again. */
    public static NoteGone ofRestart() {
        return new NoteGone("note of the restart", Restarted.NOTE);
    }

    /** Goes first of all notes: a run that is cut off after that has only scraps left. */
    public static NoteGone ofToken() {
        return new NoteGone("note of the token's change", TokenNote.FILE);
    }

    /** Goes first of all notes, as that of the token. */
    public static NoteGone ofKey() {
        return new NoteGone("note of the key's rotation", KeyNote.FILE);
    }

    private Probe<Boolean> probe() {
        return Probe.yes(id, "[ -e " + file + " ]");
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(
                readings.of(probe()),
                there -> there ? Status.drift(Worst.CHANGE, file, "kept", "absent") : Status.SAME);
    }

    @Override
    public Deed deed() {
        return Deed.Shell.of("rm -f " + file + "\n");
    }
}
