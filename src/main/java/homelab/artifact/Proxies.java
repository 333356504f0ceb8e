package homelab.artifact;

import homelab.model.Cidr;
import homelab.model.Ip;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy that the environment names, as curl reads it: {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and
 * {@code no_proxy}, in small letters before capitals. This machine itself is never asked through one. Java reads none of
 * these by itself.
 */
final class Proxies extends ProxySelector {
    private static final int USUAL_PORT = 1080; // curl's, where the proxy's address names none

    private final Map<String, String> environment;

    Proxies(Map<String, String> environment) {
        super();
        this.environment = Map.copyOf(environment);
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = Optional.ofNullable(uri.getHost()).orElse("").replaceAll("[\\[\\]]", "");
        return List.of(
                host.isEmpty() || isHere(host) || isExcepted(host) ? Proxy.NO_PROXY : of(uri).orElse(Proxy.NO_PROXY));
    }

    private Optional<Proxy> of(URI uri) {
        return named(String.valueOf(uri.getScheme()) + "_proxy")
                .or(() -> named("all_proxy"))
                .map(text -> URI.create(text.contains("://") ? text : "http://" + text))
                .filter(proxy -> proxy.getHost() != null)
                .map(proxy -> new Proxy(
                        Proxy.Type.HTTP,
                        new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? USUAL_PORT : proxy.getPort())));
    }

    private Optional<String> named(String name) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private static boolean isHere(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private boolean isExcepted(String host) {
        return named("no_proxy").stream()
                .flatMap(list -> Arrays.stream(list.split("[,\\s]+")))
                .anyMatch(entry -> excepts(entry, host));
    }

    /** {@code *}, a host, a domain with or without the dot in front, an address or a network. */
    private static boolean excepts(String entry, String host) {
        String name = entry.replaceFirst("^[*]?[.]", "").replaceFirst(":\\d+$", "");
        if (entry.equals("*") || host.equalsIgnoreCase(name)) {
            return true;
        }
        return entry.contains("/")
                ? within(entry, host)
                : !name.isEmpty() && host.toLowerCase(Locale.ROOT).endsWith("." + name.toLowerCase(Locale.ROOT));
    }

    private static boolean within(String network, String host) {
        try {
            return Cidr.parse(network).contains(Ip.parse(host));
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    /** What cannot be reached is told by who wanted it. */
    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException e) {}
}
