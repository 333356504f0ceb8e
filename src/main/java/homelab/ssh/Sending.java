package homelab.ssh;

import homelab.host.Host;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A file on its way into a command's standard input. A host that takes nothing for long is gone. */
record Sending(Path local, Host.Progress progress, Supplier<Link> link) implements Execution.Rest {
    private static final int CHUNK = 128 * 1024;

    @Override
    public void sendTo(ExecChannel channel) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (InputStream from = Files.newInputStream(local)) {
            long sent = 0;
            for (int read = from.read(chunk); read >= 0 && taken(channel, chunk, read); read = from.read(chunk)) {
                sent += read;
                progress.sent(sent);
            }
        }
    }

    private boolean taken(ExecChannel channel, byte[] chunk, int length) throws IOException {
        try (StallWatch.Guard guard = link.get().guard()) {
            return channel.send(chunk, length);
        }
    }
}
