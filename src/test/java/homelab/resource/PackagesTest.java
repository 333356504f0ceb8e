package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagesTest {
    private static final Packages PACKAGES = new Packages(List.of("ufw", "iptables", "open-iscsi"));
    private static final String ID = "packages:ufw,iptables,open-iscsi";

    @TempDir
    Path fakes;

    private static Status when(String out) {
        return PACKAGES.status(LocalSh.answering(PACKAGES, ID, out));
    }

    @Test
    void areSameWhenAllAreInstalled() {
        assertThat(when("iptables installed\nopen-iscsi installed\nufw installed\n"))
                .isEqualTo(Status.SAME);
    }

    @Test
    void missingMeansAbsentRemovedOrHalfInstalled() {
        assertThat(when("iptables half-configured\nufw config-files\n"))
                .isEqualTo(new Status.Drift(
                        List.of(
                                new Change("package iptables", "absent", "installed"),
                                new Change("package open-iscsi", "absent", "installed"),
                                new Change("package ufw", "absent", "installed")),
                        Worst.CREATE));
    }

    @Test
    void areUnknownWhereThereIsNoDpkg() {
        assertThat(PACKAGES.probes().get(0).shell()).contains("exit 3");
        assertThat(LocalSh.reading(PACKAGES.probes().get(0), 3, "no dpkg-query").known())
                .isEmpty();
    }

    @Test
    void areFetchedThroughTheProxyThatTheInventoryNames() throws IOException {
        fake("apt-get", "echo \"$http_proxy\" >>" + fakes + "/log");
        LocalSh sh = new LocalSh(Map.of("PATH", fakes + ":" + System.getenv("PATH")));
        Packages through =
                new Packages(List.of("ufw"), Map.of("http_proxy", new Secret("http://tony:it's@10.0.1.6:3128")));
        assertThat(sh.apply(through).exit()).isZero();
        assertThat(Files.readAllLines(fakes.resolve("log"))).containsExactly("http://tony:it's@10.0.1.6:3128");
        assertThat(through.toString()).doesNotContain("it's");
    }

    @Test
    void listsAreRenewedOnlyWhenTheOldOnesDoNotDo() throws IOException {
        fake(
                "apt-get",
                "echo \"$*\" >>" + fakes + "/log; [ -e " + fakes + "/fresh ] || case \"$*\" in *update*) touch " + fakes
                        + "/fresh ;; *) exit 100 ;; esac");
        fake("dpkg", ":");
        LocalSh sh = new LocalSh(Map.of("PATH", fakes + ":" + System.getenv("PATH")));
        assertThat(sh.apply(PACKAGES)).isEqualTo(new LocalSh.Ran(0, ""));
        assertThat(Files.readAllLines(fakes.resolve("log")))
                .hasSize(3)
                .allSatisfy(call -> assertThat(call).contains("DPkg::Lock::Timeout=300"));
        assertThat(sh.apply(PACKAGES).exit()).isZero();
        assertThat(Files.readAllLines(fakes.resolve("log"))).hasSize(4);
    }

    @Test
    void aPackageThatCannotBeHadFailsWithAptsReason() throws IOException {
        fake("apt-get", "echo 'E: Unable to locate package open-iscsi' >&2; exit 100");
        fake("dpkg", ":");
        LocalSh sh = new LocalSh(Map.of("PATH", fakes + ":" + System.getenv("PATH")));
        LocalSh.Ran ran = sh.apply(PACKAGES);
        assertThat(ran.exit()).isEqualTo(100);
        assertThat(ran.out()).contains("Unable to locate package open-iscsi");
    }

    private void fake(String name, String script) throws IOException {
        Path file = Files.writeString(fakes.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
