package homelab.doctor;

import homelab.doctor.cri.CriChecks;
import homelab.doctor.etcd.EtcdChecks;
import homelab.doctor.gitops.GitopsChecks;
import homelab.doctor.host.HostChecks;
import homelab.doctor.k3s.K3sChecks;
import homelab.doctor.net.NetChecks;
import homelab.doctor.place.PlaceChecks;
import homelab.doctor.pod.PodChecks;
import homelab.doctor.sec.SecChecks;
import homelab.doctor.sto.StoChecks;
import java.util.List;
import java.util.stream.Stream;

/** Every check there is, by group, in the order in which they are listed. */
public final class Checks {
    private Checks() {}

    /** The words before the dash, in the order of {@link #all}. */
    public static List<String> groups() {
        return all().stream().map(check -> Page.group(check.id())).distinct().toList();
    }

    public static List<Check> all() {
        return Stream.of(
                        HostChecks.all(),
                        NetChecks.all(),
                        K3sChecks.all(),
                        EtcdChecks.all(),
                        CriChecks.all(),
                        StoChecks.all(),
                        GitopsChecks.all(),
                        PodChecks.all(),
                        SecChecks.all(),
                        PlaceChecks.all())
                .flatMap(List::stream)
                .toList();
    }
}
