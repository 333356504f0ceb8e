package homelab.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The templates that ship with the program, under {@code templates/}, laid out by where they land. */
public final class Templates {

    private Templates() {}

    /**
     * @param path where the file lands, without the leading slash: {@code etc/sysctl.d/90-homelab.conf}
     * @throws IllegalStateException when the program was built without it
     */
    public static Template load(String path) {
        String name = "templates/" + path;
        try (InputStream in = Templates.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program was built without " + name);
            }
            return new Template(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
