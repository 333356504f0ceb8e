package homelab.s3;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What a storage answers, in XML (Amazon S3 API reference, ListObjectsV2 and Error Responses). */
final class Answers {
    private Answers() {}

    /** @param next empty on the last page */
    record Listed(List<Item> items, String next) {}

    /** @throws XMLStreamException when it is none */
    static Listed listed(String xml) throws XMLStreamException {
        List<Item> items = new ArrayList<>();
        Map<String, String> last = new HashMap<>();
        XMLStreamReader reader = reader(xml);
        String name = "";
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                name = reader.getLocalName();
            } else if (event == XMLStreamConstants.CHARACTERS) {
                last.merge(name, reader.getText(), String::concat);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                name = "";
                if (reader.getLocalName().equals("Contents")) {
                    items.add(new Item(
                            last.getOrDefault("Key", ""),
                            Long.parseLong(last.getOrDefault("Size", "0")),
                            Instant.parse(last.getOrDefault("LastModified", Instant.EPOCH.toString()))));
                    last.keySet().removeAll(List.of("Key", "Size", "LastModified"));
                }
            }
        }
        return new Listed(items, last.getOrDefault("NextContinuationToken", ""));
    }

    /** Of an error, by its name; empty where it is not told. */
    static String told(String xml, String element) {
        try {
            XMLStreamReader reader = reader(xml);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals(element)) {
                    return reader.getElementText().strip();
                }
            }
            return "";
        } catch (XMLStreamException e) {
            return "";
        }
    }

    private static XMLStreamReader reader(String xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(new StringReader(xml));
    }
}
