package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhereThereTest {
    private final LocalSh sh = new LocalSh();

    @TempDir
    Path root;

    @Test
    void isNotHereWithoutTheProgramWhateverTheFileSays() {
        WhereThere none = new WhereThere(root + "/multipathd", LocalSh.mine(root.resolve("x.conf"), "a\n"));

        assertThat(sh.status(none)).isEqualTo(new Status.NotHere("there is no " + root + "/multipathd"));
    }

    @Test
    void isJudgedAndDoneWhereTheProgramIs() {
        WhereThere file = new WhereThere("/bin/sh", LocalSh.mine(root.resolve("x.conf"), "a\n"));

        assertThat(sh.status(file)).isInstanceOf(Status.Drift.class);
        assertThat(sh.apply(file).exit()).isZero();
        assertThat(sh.status(file)).isEqualTo(Status.SAME);
        assertThat(root.resolve("x.conf")).hasContent("a");
    }
}
