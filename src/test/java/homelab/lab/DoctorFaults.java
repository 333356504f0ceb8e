package homelab.lab;

import java.util.List;
import java.util.stream.Stream;

/** Every fault that is put into a house of two hosts, those that need the most left for the end. */
final class DoctorFaults {
    private DoctorFaults() {}

    static List<Fault> all() {
        return Stream.of(
                        FaultsOfNet.all(),
                        FaultsOfHosts.all(),
                        FaultsOfPods.all(),
                        FaultsOfPolicies.all(),
                        FaultsOfStorage.all(),
                        FaultsOfNodes.all(),
                        FaultsOfK3s.all(),
                        FaultsOfMachines.all())
                .flatMap(List::stream)
                .toList();
    }
}
