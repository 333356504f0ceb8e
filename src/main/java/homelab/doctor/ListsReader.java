package homelab.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import homelab.probe.Answer;
import homelab.probe.Reading;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Reads what {@link Lists} printed, line by line, and keeps of each object only what its listing names. */
final class ListsReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFactory FACTORY = new JsonFactory();
    /** Characters of a list that hold all but its objects. */
    private static final int HEAD = 4000;

    private static final Pattern MORE = Pattern.compile("\"continue\":\"[^\"]");

    private final List<Listing> listings;
    private final Map<String, Reading<List<JsonNode>>> read = new LinkedHashMap<>();
    /** Of which a page is still to come. */
    private final Set<String> open = new TreeSet<>();

    private int number;

    ListsReader(List<Listing> listings) {
        this.listings = listings;
        listings.forEach(listing -> read.put(listing.name(), new Reading.Unknown<>("the API did not answer")));
    }

    /** @throws IllegalStateException with what the script said when there was no API to ask */
    Map<String, Reading<List<JsonNode>>> read(Answer answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(answer.text().strip());
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(answer.out()), 1 << 16), StandardCharsets.UTF_8))) {
            first(lines);
            further(lines);
            open.forEach(name -> read.put(name, new Reading.Unknown<>("the API told only a part of it")));
        } catch (IOException e) {
            throw new IllegalStateException("the API's lists came broken", e);
        }
        return read;
    }

    /** An answer and its mark for each listing, in their order. */
    private void first(BufferedReader lines) throws IOException {
        String body = "";
        String line = "";
        while (number < listings.size() && (line = lines.readLine()) != null) {
            if (line.startsWith(Lists.MARK)) {
                Listing listing = listings.get(number++);
                read.put(listing.name(), reading(listing, body, line.substring(Lists.MARK.length())));
                note(listing, body);
                body = "";
            } else if (!line.isEmpty()) {
                body = line;
            }
        }
    }

    /** Whether more follows stands before the objects; a page that was refused leaves it as it was. */
    private void note(Listing listing, String body) {
        String head = body.substring(0, Math.min(body.length(), HEAD));
        if (MORE.matcher(head).find()) {
            open.add(listing.name());
        } else if (head.contains("\"items\":")) {
            open.remove(listing.name());
        }
    }

    private static Reading<List<JsonNode>> reading(Listing listing, String body, String status) throws IOException {
        return switch (status) {
            case "200" -> new Reading.Known<>(items(listing, body));
            case "404" -> new Reading.Unknown<>(Listing.NOT_INSTALLED);
            case "401", "403" -> new Reading.Unknown<>("forbidden (HTTP " + status + ")");
            case "000" -> new Reading.Unknown<>("the API did not answer");
            default -> new Reading.Unknown<>("the API answered HTTP " + status);
        };
    }

    private void further(BufferedReader lines) throws IOException {
        String path = "";
        String line;
        while ((line = lines.readLine()) != null) {
            if (line.startsWith(Lists.MARK)) {
                path = line.substring(line.lastIndexOf(' ') + 1);
            } else if (!line.isEmpty()) {
                page(path, line);
            }
        }
    }

    private void page(String path, String body) {
        for (Listing listing : listings) {
            if (listing.path().equals(path)) {
                read.computeIfPresent(listing.name(), (name, before) -> joined(before, listing, body));
                note(listing, body);
            }
        }
    }

    private static Reading<List<JsonNode>> joined(Reading<List<JsonNode>> before, Listing listing, String body) {
        return before.map(some -> {
            List<JsonNode> all = new ArrayList<>(some);
            try {
                all.addAll(items(listing, body));
            } catch (IOException e) {
                throw new IllegalStateException("a page of " + listing.name() + " came broken", e);
            }
            return all;
        });
    }

    private static List<JsonNode> items(Listing listing, String body) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        TokenFilter kept =
                new Fields(listing.fields().stream().map(Presence::path).toList()).below("items");
        try (JsonParser parser = new FilteringParserDelegate(
                FACTORY.createParser(body), kept, TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH, true)) {
            JsonNode tree = JSON.readTree(parser);
            if (tree != null) {
                tree.path("items").forEach(item -> items.add(Presence.only(item, listing.fields())));
            }
        }
        return items;
    }
}
