package homelab.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One of ProxyJump: {@code [user@]host[:port]} or a ssh:// address; an IPv6 address stands in brackets. */
record Hop(Optional<String> user, String host, Optional<Integer> port) {

    static Hop parse(String text) {
        String plain = text.startsWith("ssh://") ? text.substring(6) : text;
        int at = plain.lastIndexOf('@');
        Optional<String> user = at < 0 ? Optional.empty() : Optional.of(plain.substring(0, at));
        String place = plain.substring(at + 1);
        int colon = place.lastIndexOf(':');
        boolean hasPort = colon > 0 && (place.startsWith("[") ? place.charAt(colon - 1) == ']' : true);
        String host = hasPort ? place.substring(0, colon) : place;
        return new Hop(
                user,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                hasPort ? Optional.of(Integer.valueOf(place.substring(colon + 1))) : Optional.empty());
    }

    List<String> options() {
        List<String> options = new ArrayList<>();
        user.ifPresent(name -> options.addAll(List.of("-l", name)));
        port.ifPresent(number -> options.addAll(List.of("-p", "" + number)));
        return options;
    }
}
