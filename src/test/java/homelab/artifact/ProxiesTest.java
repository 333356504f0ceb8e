package homelab.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

    private static Proxy of(String uri, String... environment) {
        return new Proxies(
                        environment.length == 2
                                ? Map.of(environment[0], environment[1])
                                : Map.of(environment[0], environment[1], environment[2], environment[3]))
                .select(URI.create(uri))
                .get(0);
    }

    private static Proxy http(String host, int port) {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(host, port));
    }

    @Test
    void readsWhatCurlReads() {
        assertThat(of("https://a.example/x", "https_proxy", "http://10.0.1.5:3128"))
                .isEqualTo(http("10.0.1.5", 3128));
        assertThat(of("https://a.example/x", "HTTPS_PROXY", "10.0.1.5:3128")).isEqualTo(http("10.0.1.5", 3128));
        assertThat(of("http://a.example/x", "ALL_PROXY", "http://10.0.1.5")).isEqualTo(http("10.0.1.5", 1080));
        assertThat(of("http://a.example/x", "https_proxy", "http://10.0.1.5:3128"))
                .isEqualTo(Proxy.NO_PROXY);
        assertThat(of("https://a.example/x", "https_proxy", "")).isEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void thisMachineIsNeverAskedThroughOne() {
        assertThat(of("http://127.0.0.1:18599/x", "http_proxy", "http://10.0.1.5:3128"))
                .isEqualTo(Proxy.NO_PROXY);
        assertThat(of("http://[::1]:80/x", "http_proxy", "http://10.0.1.5:3128"))
                .isEqualTo(Proxy.NO_PROXY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mirror.home.arpa | home.arpa | true",
                "mirror.home.arpa | .home.arpa | true",
                "mirror.home.arpa | *.home.arpa | true",
                "mirrorhome.arpa | home.arpa | false",
                "10.0.1.7 | 10.0.1.0/24 | true",
                "10.0.2.7 | 10.0.1.0/24 | false",
                "a.example | b.example, a.example | true",
                "a.example | * | true",
                "a.example | 10.0.1.0/24 | false",
            })
    void exceptsWhatNoProxyNames(String host, String exceptions, boolean direct) {
        Proxy proxy = of("https://" + host + "/x", "https_proxy", "http://10.0.1.5:3128", "no_proxy", exceptions);

        assertThat(proxy.equals(Proxy.NO_PROXY)).isEqualTo(direct);
    }
}
