package homelab.phase.firewall;

import homelab.resource.TextFile;
import homelab.resource.UfwReturn;
import homelab.template.Templates;
import java.util.List;
import java.util.Map;

/** The files by which a host takes a change of its firewall back. */
public final class WayBack {
    private static final String UNITS = "etc/systemd/system/";

    private WayBack() {}

    public static UfwReturn resource() {
        return new UfwReturn(List.of(
                file(UfwReturn.SCRIPT.substring(1)).withMode("0755"),
                file(UNITS + "homelab-firewall.service"),
                file(UNITS + "homelab-firewall-back.service"),
                file(UNITS + "homelab-firewall-back.timer")));
    }

    private static TextFile file(String path) {
        return TextFile.of("/" + path, Templates.load(path).fill(Map.of()));
    }
}
