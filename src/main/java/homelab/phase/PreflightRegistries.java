package homelab.phase;

import static homelab.plan.Finding.warn;

import homelab.model.Registries;
import homelab.plan.Finding;
import java.util.ArrayList;
import java.util.List;

/** What the inventory asks for of registries, and had better not. */
final class PreflightRegistries {
    private PreflightRegistries() {}

    static List<Finding> judge(Registries registries) {
        List<Finding> findings = new ArrayList<>();
        registries.hosts().forEach((host, opened) -> {
            if (opened.unverified()) {
                findings.add(warn(
                        host + ": its certificate is not verified",
                        "insecure-skip-verify: whoever sits between a node and it can hand out images of his own",
                        "name who vouches for it instead: registries.configs." + host + ".ca: FILE"));
            }
            if (opened.login().isPresent() && inTheClear(registries, host)) {
                findings.add(warn(
                        host + ": its password goes over the network in the clear",
                        "a mirror's address begins with http://" + host,
                        "give the registry a certificate, and write https://" + host));
            }
        });
        return findings;
    }

    private static boolean inTheClear(Registries registries, String host) {
        return registries.mirrors().values().stream()
                .flatMap(mirror -> mirror.endpoints().stream())
                .anyMatch(url ->
                        url.getScheme().equals("http") && url.getRawAuthority().equals(host));
    }
}
