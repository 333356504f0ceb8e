package homelab.inventory;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Paths as written in an inventory.
 *
 * @param base the folder of the inventory: relative paths begin there
 * @param home what {@code ~} stands for
 */
record Paths(Path base, Path home) {

    Kind<Path> any() {
        return Kind.of("a path", "write one such as ~/.ssh/id_ed25519", this::expand);
    }

    /** A private key that is there. */
    Kind<Path> key() {
        return Kind.of("a private key", "name the file, or make one: ssh-keygen -t ed25519", text -> {
            Path path = expand(text);
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException("there is no file " + path);
            }
            if (text.endsWith(".pub")) {
                throw new IllegalArgumentException(path + " is the public half; the private one has no .pub");
            }
            return path;
        });
    }

    /** A file that is there. */
    Kind<Path> present() {
        return Kind.of("a file", "name a file that is there", text -> {
            Path path = expand(text);
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException("there is no file " + path);
            }
            return path;
        });
    }

    /** Where files are had: a web address, or a folder of this machine as {@code file:} without a slash at its end. */
    Kind<URI> source() {
        return Kind.of("a web address or a folder", "write one such as https://get.helm.sh or ./helm", text -> {
            if (text.contains("://")) {
                return Kinds.URL.parse().apply(text);
            }
            Path folder = expand(text);
            if (!Files.isDirectory(folder)) {
                throw new IllegalArgumentException("there is no folder " + folder);
            }
            return URI.create(folder.toUri().toString().replaceAll("/+$", ""));
        });
    }

    private Path expand(String text) {
        if (text.equals("~") || text.startsWith("~/")) {
            return home.resolve(text.substring(Math.min(2, text.length()))).normalize();
        }
        if (text.startsWith("~")) {
            throw new IllegalArgumentException("'" + text + "': only one's own ~/ is known");
        }
        return base.resolve(text).normalize();
    }
}
