package homelab.doctor.sec;

import homelab.doctor.Check;
import java.util.List;

/** The group SEC. */
public final class SecChecks {
    private SecChecks() {}

    public static List<Check> all() {
        return List.of(new PodSecurity(), new DefaultDeny(), new PolicySanity(), new ExternalSecrets());
    }
}
