package homelab.command;

import homelab.model.Cidr;
import homelab.model.Ip;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which hosts are meant by addresses, networks, and the word {@code known_hosts}. */
final class Addresses {
    private static final int MOST = 8; // bits of a network that is gone through: 254 addresses
    private static final int PATIENCE = 1000; // milliseconds

    private Addresses() {}

    /** @throws Failure with exit USAGE for what is none of these, or a network too wide to knock at every door */
    static Set<Ip> of(List<String> words, Path knownHosts) {
        Set<Ip> all = new LinkedHashSet<>();
        for (String word : words) {
            try {
                all.addAll(
                        word.equals("known_hosts")
                                ? known(knownHosts)
                                : word.contains("/") ? network(word) : List.of(Ip.parse(word)));
            } catch (IllegalArgumentException e) {
                throw new Failure(
                        Exit.USAGE,
                        Problem.of(
                                "'" + word + "' names no hosts",
                                String.valueOf(e.getMessage()),
                                "write an address, a network such as 10.0.1.0/24, or known_hosts"));
            }
        }
        return all;
    }

    private static List<Ip> network(String word) {
        Cidr cidr = Cidr.parse(word);
        int wide = (cidr.base().isV6() ? 128 : 32) - cidr.bits();
        if (wide > MOST) {
            throw new IllegalArgumentException("it has more than 254 addresses");
        }
        return wide < 2
                ? IntStream.range(0, 1 << wide).mapToObj(cidr::nth).toList()
                : IntStream.range(1, (1 << wide) - 1).mapToObj(cidr::nth).toList();
    }

    /** Names and hashed entries say no address. */
    private static List<Ip> known(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("@"))
                    .flatMap(line -> Arrays.stream(line.split("\\s+")[0].split(",")))
                    .map(name -> name.replaceFirst("^\\[(.*)](:\\d+)?$", "$1"))
                    .filter(name -> name.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*"))
                    .distinct()
                    .map(Ip::parse)
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
    }

    /** Whether something listens there. */
    static boolean answers(Ip ip, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ip.address(), port), PATIENCE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
