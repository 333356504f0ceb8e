package homelab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import homelab.model.NodeName;
import homelab.problem.Failure;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {
    private static final NodeName ULTRON = new NodeName("ultron");

    private static Place parse(String text) {
        return Place.parse(text, Set.of("jarvis", "ultron"), Path.of("/home/tony"));
    }

    @Test
    void aNodeAFolderOfOneAndAFolderHereAreToldApart() {
        assertThat(parse("ultron"))
                .isEqualTo(new Place.OnNode(ULTRON, Place.OnNode.USUAL))
                .hasToString("ultron");
        assertThat(parse("ultron:/srv/x/"))
                .isEqualTo(new Place.OnNode(ULTRON, "/srv/x"))
                .hasToString("ultron:/srv/x");
        assertThat(parse("ultron").location()).isEqualTo("ultron:/srv/homelab-snapshots");
        assertThat(parse("s3://bucket/two-pis/"))
                .isEqualTo(new Place.InBucket("bucket", "two-pis/"))
                .hasToString("s3://bucket/two-pis");
        assertThat(parse("s3://bucket")).isEqualTo(new Place.InBucket("bucket", ""));
        assertThat(parse("./ultron")).isEqualTo(new Place.Here(Path.of("/home/tony/ultron")));
        assertThat(parse("/media/stick")).isEqualTo(new Place.Here(Path.of("/media/stick")));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "vision:/srv/x, the inventory has no node vision",
                "ultron:srv/x, 'srv/x' is no absolute path",
                "ultron:, is no absolute path",
                "ultron:/srv/../etc, is no absolute path",
                "ultron:/srv/$(reboot), is no absolute path",
                "ultron:/var/lib/rancher/k3s/server/db/snapshots, goes with k3s",
                "s3://, it is not written as a bucket and a prefix are",
                "s3:/bucket, it is not written as a bucket and a prefix are",
                "s3://bucket//other, it is not written as a bucket and a prefix are",
                "ultron:/tmp/x, with the next boot"
            })
    void whatCanBeNoPlaceIsRefused(String text, String why) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.problems().get(0).why()).contains(why));
    }
}
