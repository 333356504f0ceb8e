package homelab.artifact;

import homelab.problem.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Brings a file here over a bad line: attempt after attempt, each going on where the last one stopped. */
final class Download {
    private final Http http;
    private final Patience patience;

    Download(Patience patience) {
        this.http = new Http(patience);
        this.patience = patience;
    }

    /**
     * @param part what is there already is taken for the file's beginning
     * @throws IOException when the disk is at fault
     * @throws Failure when the mirror is
     */
    void to(Path part, Source source, Progress progress) throws IOException {
        try (FileChannel channel =
                FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            int barren = 0;
            while (true) {
                long before = channel.size();
                try {
                    attempt(channel, source, progress);
                    return;
                } catch (FileSink.StoreFault e) {
                    throw e.disk();
                } catch (IOException e) {
                    barren = channel.size() > before ? 0 : barren + 1;
                    if (barren >= patience.barrenAttempts()) {
                        throw fault(source.uri(), channel.size(), e);
                    }
                    http.pause();
                }
            }
        }
    }

    private void attempt(FileChannel channel, Source source, Progress progress) throws IOException {
        int status = http.into(source, channel, progress);
        boolean nothingLeft = status == 416; // behind what we have; the checksum decides whether that is all
        if (status != 200 && status != 206 && !nothingLeft) {
            throw Faults.refused(source.uri(), status);
        }
    }

    private Failure fault(URI uri, long bytes, IOException e) {
        if (e instanceof Http.Stalled) {
            return Faults.stalled(uri, bytes, patience.stall());
        }
        return bytes > 0 ? Faults.cut(uri, bytes, e) : Faults.down(uri, e);
    }
}
