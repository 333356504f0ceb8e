package homelab.report;

import homelab.model.Node;
import homelab.probe.Reading;
import homelab.resource.rotation.Encryption;
import homelab.resource.rotation.SecretsHeld;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How Secrets are encrypted on each server, and how they lie in etcd.
 *
 * @param held empty where nothing is kept in etcd
 * @param under whether a rotation of ours is under way
 */
public record EncryptionText(
        Map<Node, Reading<Encryption>> servers, Optional<Reading<SecretsHeld>> held, boolean under) {

    public String of(Terminal terminal) {
        Table table = new Table(terminal, "SERVER", "ENCRYPTED", "KEY", "STAGE", "SERVERS");
        servers.forEach((node, reading) -> table.row(row(node, reading)));
        String text = table.text();
        if (held.isPresent()) {
            text += Safe.line(counted(held.get())) + "\n";
        }
        return under ? text + "a rotation is under way: homelab secrets-encryption rotate goes on with it\n" : text;
    }

    private static List<String> row(Node node, Reading<Encryption> reading) {
        String name = node.name().text();
        if (reading instanceof Reading.Unknown<Encryption> unknown) {
            return List.of(name, "?", "?", "?", unknown.why());
        }
        Encryption is = reading.known().orElseThrow();
        String key = is.active()
                .map(active -> active.name() + " (" + active.kind() + ")")
                .orElse("-");
        String more = is.others().isEmpty() ? "" : ", " + is.others().size() + " more";
        return List.of(
                name,
                is.isOn() ? "yes" : "no",
                key + more,
                is.stage().isEmpty() ? "-" : is.stage(),
                is.on().isEmpty() ? "-" : is.agrees() ? "agree" : is.disagreement());
    }

    private static String counted(Reading<SecretsHeld> held) {
        if (held instanceof Reading.Unknown<SecretsHeld> unknown) {
            return "Secrets in etcd: not known, " + unknown.why();
        }
        SecretsHeld is = held.known().orElseThrow();
        return "Secrets in etcd: " + is.all() + ", of them " + is.active() + " under this key, " + is.older()
                + " under another, " + is.clear() + " in clear";
    }

    public String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        List<Map<String, Object>> all = new ArrayList<>();
        servers.forEach((node, reading) -> all.add(entry(node, reading)));
        document.put("servers", all);
        held.ifPresent(reading -> document.put("secrets", secrets(reading)));
        document.put("rotating", under);
        return Json.document("secrets-encryption/v1", document);
    }

    private static Map<String, Object> entry(Node node, Reading<Encryption> reading) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("node", node.name().text());
        if (reading instanceof Reading.Unknown<Encryption> unknown) {
            entry.put("unknown", unknown.why());
            return entry;
        }
        Encryption is = reading.known().orElseThrow();
        entry.put("encrypted", is.isOn());
        entry.put("key", is.key());
        entry.put("kind", is.active().map(Encryption.Key::kind).orElse(""));
        entry.put("others", is.others().stream().map(Encryption.Key::name).toList());
        entry.put("stage", is.stage());
        entry.put("agree", is.agrees());
        return entry;
    }

    private static Map<String, Object> secrets(Reading<SecretsHeld> reading) {
        if (reading instanceof Reading.Unknown<SecretsHeld> unknown) {
            return Map.of("unknown", unknown.why());
        }
        SecretsHeld is = reading.known().orElseThrow();
        Map<String, Object> counted = new LinkedHashMap<>();
        counted.put("all", is.all());
        counted.put("active", is.active());
        counted.put("older", is.older());
        counted.put("clear", is.clear());
        return counted;
    }
}
