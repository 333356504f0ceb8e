package homelab.facts;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.facts.Facts.Mounts;
import homelab.facts.Facts.NetworkMount;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountsTest {

    /** Lines in the form of proc_pid_mountinfo(5). */
    @Test
    void readsWhetherTheRootIsSharedAndWhatIsMountedOfServers() {
        assertThat(mounts("""
                        25 1 179:2 / / rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw
                        90 25 0:60 / /mnt/nas rw shared:40 - nfs4 nas:/home rw,vers=4.2,hard,proto=tcp,timeo=600,retrans=2
                        91 25 0:61 / /mnt/two rw - nfs 10.0.1.50:/two rw,vers=3,soft,timeo=330
                        92 25 0:62 / /mnt/three rw - nfs4 nas:/three rw,vers=4.2,softerr
                        """))
                .isEqualTo(new Mounts(
                        true,
                        List.of(
                                new NetworkMount("nas:/home", "/mnt/nas", true),
                                new NetworkMount("10.0.1.50:/two", "/mnt/two", false),
                                new NetworkMount("nas:/three", "/mnt/three", false))));
        assertThat(mounts("1249 1149 0:268 / / rw,relatime master:548 - overlay overlay rw"))
                .isEqualTo(new Mounts(false, List.of()));
    }

    @Test
    void readsTheNameOfTheInitiator() {
        assertThat(SystemFiles.initiator(Sections.parse("""
                        @@homelab initiator
                        ## DO NOT EDIT OR REMOVE THIS FILE!
                        InitiatorName=iqn.1993-08.org.debian:01:cf56a6ca89bd
                        """))).isEqualTo("iqn.1993-08.org.debian:01:cf56a6ca89bd");
        assertThat(SystemFiles.initiator(Sections.parse("@@homelab initiator\nGenerateName=yes\n")))
                .isEmpty();
    }

    private static Mounts mounts(String lines) {
        return SystemFiles.mounts(Sections.parse("@@homelab mounts\n" + lines));
    }
}
