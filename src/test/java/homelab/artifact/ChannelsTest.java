package homelab.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import homelab.model.K3sVersion;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelsTest {
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(5), 2);

    /** Synthetic, in the form that github.com/rancher/channelserver gives it. */
    private static final String LIST = """
            {"type":"collection","links":{"self":"https://update.k3s.io/v1-release/channels"},"actions":{},
             "resourceType":"channels","data":[
             {"id":"stable","type":"channel","links":{"self":"x"},"name":"stable","latest":"v1.33.6+k3s1"},
             {"id":"latest","type":"channel","name":"latest","latest":"v1.34.2+k3s1","latestRegexp":".*"},
             {"id":"testing","type":"channel","name":"testing","latest":"v1.35.0-rc3+k3s1"},
             {"id":"v1.17","type":"channel","name":"v1.17","latest":"v1.17.0-alpha"},
             {"id":"v1.99","type":"channel","name":"v1.99"}]}
            """;

    Mirror server;

    @BeforeEach
    void serve() throws IOException {
        server = new Mirror();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void knowsWhatEachChannelMeans() {
        server.put("/channels", LIST);

        Channels channels = asked();

        assertThat(channels.names()).containsExactly("stable", "latest", "testing", "v1.17");
        assertThat(channels.release("stable")).isEqualTo(K3sVersion.parse("v1.33.6+k3s1"));
        assertThat(channels.release("testing")).isEqualTo(K3sVersion.parse("v1.35.0-rc3+k3s1"));
    }

    @Test
    void refusesWhatIsNoRelease() {
        server.put("/channels", LIST);
        Channels channels = asked();

        Failure failure = catchThrowableOfType(Failure.class, () -> channels.release("v1.17"));

        assertThat(failure.problems().get(0).why()).endsWith("names 'v1.17.0-alpha' for v1.17");
    }

    @Test
    void saysThatThereIsNoList() {
        assertThat(told(Exit.USAGE).why()).endsWith("/channels: there is no such file (HTTP 404)");
        server.put("/channels", "<!DOCTYPE html><title>Welcome to the hotel</title>");
        assertThat(told(Exit.FAILED).why()).endsWith("a page for people, perhaps of a portal or a proxy");
        server.put("/channels", "<p>na\u00efve".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(told(Exit.FAILED).why()).endsWith("a page for people, perhaps of a portal or a proxy");
        server.put("/channels", "v1.33.6+k3s1");
        assertThat(told(Exit.FAILED).why()).endsWith("something else than JSON");
        server.put("/channels", "{\"data\":[]}");
        assertThat(told(Exit.FAILED).why()).endsWith("no list of channels");
        server.put("/channels", "");
        assertThat(told(Exit.FAILED).why()).endsWith("no list of channels");
    }

    @Test
    void namesTheWayWithoutANetwork() {
        server.close();

        Problem problem = told(Exit.FAILED);

        assertThat(problem.what()).isEqualTo("nobody could say which release the channel means");
        assertThat(problem.why()).contains("/channels", "connection refused");
        assertThat(problem.fix()).contains("homelab upgrade --to v1", "k3s.channels");
    }

    private Problem told(Exit exit) {
        Failure failure = catchThrowableOfType(Failure.class, this::asked);
        assertThat(failure.exit()).isEqualTo(exit);
        return failure.problems().get(0);
    }

    private Channels asked() {
        return Channels.ask(server.base().resolve("channels"), new Fetch(SHORT));
    }
}
