package homelab.doctor.cri;

import homelab.doctor.Finding;
import homelab.doctor.House;
import homelab.facts.Sections;
import homelab.model.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** CRI-002: no process and no folder is left of pods that are gone. */
final class Orphans implements CriCheck {
    private static final Duration OLD = Duration.ofMinutes(10);
    private static final int SOME = 2;
    private static final int MANY = 10;

    @Override
    public String id() {
        return "CRI-002";
    }

    @Override
    public Finding judge(House house, Node node, Sections seen, List<Sandbox> sandboxes, Set<String> pods) {
        Set<String> known = sandboxes.stream().map(Sandbox::id).collect(Collectors.toSet());
        List<String> orphans = new ArrayList<>();
        seen.lines("shims").stream()
                .filter(id -> !known.contains(id))
                .forEach(id -> orphans.add("containerd-shim-runc-v2 of " + id + ", which containerd does not know"));
        String old = Long.toString(house.now().minus(OLD).getEpochSecond());
        seen.lines("folders").stream()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2 && isBefore(words[0], old) && !pods.contains(words[1]))
                .forEach(words -> orphans.add("/var/lib/kubelet/pods/" + words[1] + ", of no pod on this node"));
        String name = node.name().text();
        if (orphans.size() <= SOME) {
            return pass(name, "nothing is left of pods that are gone").by(orphans);
        }
        String what = orphans.size() + " processes or folders are left of pods that are gone";
        return (orphans.size() <= MANY ? warn(name, what) : fail(name, what))
                .by(orphans)
                .fix("homelab reboot " + node.name()
                        + ". Never remove such a folder by hand while something is mounted in it");
    }

    private static boolean isBefore(String seconds, String limit) {
        return seconds.matches("\\d{1,18}") && Long.parseLong(seconds) < Long.parseLong(limit);
    }
}
