package homelab.command;

import homelab.run.Owner;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/** Who runs this, as others who find the lock are told. */
final class Oneself {
    private Oneself() {}

    static Owner owner(Io io, String verb, Instant begin) {
        String user = io.env("USER").or(() -> io.env("LOGNAME")).orElse("somebody");
        String machine = io.env("HOSTNAME").orElseGet(Oneself::machine);
        return new Owner("homelab " + verb + " of " + user + "@" + machine + ", process "
                + ProcessHandle.current().pid() + ", since " + begin);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unnamed machine";
        }
    }
}
