package homelab.resource.helm;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.fake.SmallDisk;
import homelab.resource.Deed;
import homelab.resource.LocalSh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelmProgramTest {
    private static final String ARCHIVE = """
            cd FOLDER
            mkdir -p linux-amd64 && head -c 300000 /dev/urandom >linux-amd64/helm
            tar -czf lib/helm.tar.gz linux-amd64
            sha256sum <lib/helm.tar.gz | cut -c1-64
            """;

    @TempDir
    private Path folder;

    @Test
    void leavesTheProgramThatIsThereWhenTheDiskIsFullAndTakesTheOtherWhenThereIsRoom() throws IOException {
        Path lib = Files.createDirectory(folder.resolve("lib"));
        try (SmallDisk disk = SmallDisk.at(lib, "400k")) {
            String sum = new LocalSh()
                    .run(ARCHIVE.replace("FOLDER", folder.toString()))
                    .out()
                    .strip();
            Files.writeString(lib.resolve("helm"), "the old one");

            LocalSh.Ran full = new LocalSh().run(deed(sum));

            assertThat(full.exit()).isNotZero();
            assertThat(full.out()).contains("No space left on " + lib);
            assertThat(lib.toFile().list()).containsExactlyInAnyOrder("helm", "helm.tar.gz");
            assertThat(lib.resolve("helm")).hasContent("the old one");
            disk.grow("2m");
            assertThat(new LocalSh().run(deed(sum)).exit()).isZero();
            assertThat(lib.toFile().list()).containsExactlyInAnyOrder("helm", "helm.from");
            assertThat(Files.size(lib.resolve("helm"))).isEqualTo(300_000);
        }
    }

    private String deed(String sum) {
        String script = ((Deed.Shell) new HelmProgram("v3.18.4", sum).deed()).script();
        return script.replace("/usr/local/lib/homelab", folder.resolve("lib").toString());
    }
}
