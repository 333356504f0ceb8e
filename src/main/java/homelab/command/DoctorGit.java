package homelab.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import homelab.gitops.Application;
import homelab.gitops.FileSays;
import homelab.gitops.Picture;
import homelab.host.Host;
import homelab.host.Script;
import homelab.probe.ApiReads;
import homelab.probe.Probe;
import homelab.probe.Reading;
import homelab.run.Look;
import java.util.List;

/**
 * What Git's files say of Applications, for doctor: read by the server's API whole, since values stand in them that no
 * snapshot may hold, and by this machine's own git; of both only what differs is kept.
 */
final class DoctorGit {
    private static final int APPLICATIONS_BYTES = 8 << 20;
    private static final Probe<List<Application>> APPLICATIONS = ApiReads.probe(
                    "doctor:whole-applications", GitopsLook.APPLICATIONS, answer -> Picture.applications(answer.text()))
            .upTo(APPLICATIONS_BYTES);

    private DoctorGit() {}

    static Reading<List<JsonNode>> files(Host server) {
        Reading<List<Application>> applications =
                Look.at(server, List.of(APPLICATIONS), Script.As.ROOT).of(APPLICATIONS);
        return applications.map(all -> FileSays.all(all, GitopsLook.ask(all)).stream()
                .map(DoctorGit::item)
                .toList());
    }

    private static JsonNode item(FileSays says) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.putObject("metadata").put("namespace", says.namespace()).put("name", says.name());
        item.put("file", says.file());
        says.differs().forEach(item.putArray("differs")::add);
        says.unread().forEach(item.putArray("unread")::add);
        return item;
    }
}
