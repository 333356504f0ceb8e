package homelab.phase;

import homelab.gate.Barred;
import homelab.gate.CsiPlugin;
import homelab.gate.EndlessSync;
import homelab.gate.IdleAttachment;
import homelab.gate.LostAttachment;
import homelab.gate.PoweredOff;
import homelab.gate.Refresh;
import homelab.gate.Repair;
import homelab.gate.StaleTaint;
import homelab.gate.StuckPod;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.recovery.Wish;
import homelab.resource.Resource;
import homelab.resource.mend.Mends;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code recover} mends at a gate: on hosts what dead pods left, through the API the rest. */
public record MendPhase(List<Repair> repairs) implements Phase {

    public MendPhase {
        repairs = List.copyOf(repairs);
    }

    @Override
    public String name() {
        return "mend";
    }

    @Override
    public List<Step> steps(Site site) {
        return repairs.stream().flatMap(repair -> steps(site, repair)).toList();
    }

    private Stream<Step> steps(Site site, Repair repair) {
        return repair instanceof Barred barred
                ? new SandboxPhase(Map.of(barred.node(), barred.judged()), Wish.NONE).steps(site).stream()
                : Stream.of(new Step(name(), new Target.OnCluster(), resource(repair)));
    }

    private static Resource resource(Repair repair) {
        if (repair instanceof CsiPlugin of) {
            return Mends.csiPlugin(of.node(), of.namespace(), of.pod(), of.uid(), of.remembered());
        } else if (repair instanceof StuckPod of) {
            return Mends.stuckPod(of.node(), of.namespace(), of.pod(), of.uid(), of.force(), of.remembered());
        } else if (repair instanceof LostAttachment of) {
            return Mends.attachment(of.name(), of.node() + ", which is gone", of.remembered());
        } else if (repair instanceof IdleAttachment of) {
            return Mends.attachment(of.name(), of.node() + ", where nobody uses it", of.remembered());
        } else if (repair instanceof StaleTaint of) {
            return Mends.untaint(of.node());
        } else if (repair instanceof PoweredOff of) {
            return Mends.taint(of.node());
        } else if (repair instanceof Refresh of) {
            return Mends.refresh(of.namespace(), of.name(), of.hard(), of.remembered());
        }
        EndlessSync of = (EndlessSync) repair;
        return Mends.endSync(of.namespace(), of.name());
    }
}
