package homelab.phase;

import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Exports;
import homelab.resource.Resource;
import homelab.resource.os.PackagesRenewed;
import homelab.resource.os.RebootedIfAsked;
import homelab.resource.reboot.BootReasons;
import homelab.resource.reboot.Rebooted;
import java.util.List;

/**
 * The operating system's packages are renewed, and the host is booted when they ask for it.
 *
 * @param environment in which apt runs
 */
public record OsRenewal(Exports environment, BootReasons reasons) implements WhileEmpty {
    private static final String PACKAGES = "packages";

    /** The packages alone, of hosts on which nothing is due: to see that it is so. */
    public Phase phase(List<Node> nodes) {
        return new OfSteps(
                PACKAGES,
                site -> nodes.stream()
                        .filter(site::reached)
                        .map(node ->
                                new Step(PACKAGES, new Target.OnHost(node.name()), new PackagesRenewed(environment)))
                        .toList());
    }

    @Override
    public List<Resource> before() {
        return List.of(new PackagesRenewed(environment));
    }

    @Override
    public Resource boot(Rebooted boot) {
        return new RebootedIfAsked(boot, reasons);
    }
}
