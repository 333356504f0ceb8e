package homelab.resource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A folder of small scripts that stand before the machine's own programs. */
record FakeTools(Path folder) {

    FakeTools with(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    LocalSh sh() {
        return new LocalSh(Map.of("PATH", folder + ":" + System.getenv("PATH")));
    }
}
