package homelab.host;

import java.nio.charset.StandardCharsets;

/** What a finished script left: its exit code, and what it wrote. */
public record Output(int exit, byte[] out, byte[] err) {

    public boolean ok() {
        return exit == 0;
    }

    public String text() {
        return new String(out, StandardCharsets.UTF_8);
    }

    public String errors() {
        return new String(err, StandardCharsets.UTF_8);
    }
}
