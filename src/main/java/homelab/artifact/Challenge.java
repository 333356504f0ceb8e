package homelab.artifact;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a registry says to who comes without a token (Distribution, Token Authentication Specification).
 *
 * @param tokens where one is to be asked for
 */
record Challenge(URI tokens) {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** Empty when it is no challenge of that kind. */
    static Optional<Challenge> bearer(String header) {
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher each = PARAMETER.matcher(header);
        while (each.find()) {
            parameters.put(each.group(1), each.group(2));
        }
        return Optional.ofNullable(parameters.remove("realm")).map(realm -> new Challenge(address(realm, parameters)));
    }

    /** Whether a name and a password are wanted as they are. */
    static boolean isBasic(String header) {
        return header.regionMatches(true, 0, "Basic ", 0, 6);
    }

    private static URI address(String realm, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("error"))
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(realm + (realm.contains("?") ? "&" : "?") + query);
    }
}
