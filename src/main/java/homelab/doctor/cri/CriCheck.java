package homelab.doctor.cri;

import homelab.doctor.Finding;
import homelab.doctor.HostCheck;
import homelab.doctor.House;
import homelab.doctor.Listing;
import homelab.facts.Sections;
import homelab.model.Node;
import homelab.probe.Probe;
import homelab.probe.Reading;
import java.util.List;
import java.util.Set;

/** A check of what a host keeps of pods, beside those that the API has there. Without an API nothing is an orphan. */
interface CriCheck extends HostCheck<Sections> {

    /**
     * @param sandboxes those of containerd, ready or not
     * @param pods the uids of the pods that the API has on this node
     */
    Finding judge(House house, Node node, Sections seen, List<Sandbox> sandboxes, Set<String> pods);

    /** Said by one check; the others only see nothing. */
    default Finding hanging(Node node) {
        return unknown(node.name().text(), "containerd runs, and does not answer");
    }

    @Override
    default Probe<Sections> probe(Node node) {
        return CriLook.PROBE;
    }

    @Override
    default List<Listing> listings() {
        return List.of(CriLook.PODS);
    }

    @Override
    default Finding judge(House house, Node node, Sections seen) {
        String name = node.name().text();
        Reading<Set<String>> pods = CriLook.pods(house, node);
        if (!(pods instanceof Reading.Known<Set<String>> known)) {
            return unknown(name, "the API's pods are not known: " + ((Reading.Unknown<Set<String>>) pods).why());
        }
        try {
            return judge(house, node, seen, CriLook.sandboxes(seen), known.value());
        } catch (IllegalStateException e) {
            return CriLook.hangs(seen) ? hanging(node) : unknown(name, String.valueOf(e.getMessage()));
        }
    }
}
