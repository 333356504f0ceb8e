package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines after k3s's, kubelet's, etcd's and Go's sources and issues; not captured from a real k3s. */
class K3sTroubleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "level=fatal msg=\"starting kubernetes: preparing server: bootstrap data already found and encrypted with different token\" | belongs to another token",
                "level=error msg=\"Failed to retrieve agent config: node password rejected, duplicate hostname or contents of '/etc/rancher/node/password' may not match server node-passwd entry\" | another password",
                "level=error msg=\"unable to verify hash for node 'ultron': hash does not match\" | another password",
                "level=fatal msg=\"token CA hash does not match the Cluster CA certificate hash: aa != bb\" | another cluster",
                "level=error msg=\"failed to validate token: https://10.0.1.10:6443/v1-k3s/config: 401 Unauthorized\" | does not take the token",
                "level=fatal msg=\"starting kubernetes: preparing server: failed to normalize token; must be in format K10<CA-HASH>::<USERNAME>:<PASSWORD> or <PASSWORD>\" | does not take the token",
                "level=fatal msg=\"failed to listen: listen tcp :6443: bind: address already in use\" | another program has a port",
                "level=fatal msg=\"failed to find memory cgroup (v2)\" | memory cgroup is off",
                "[init] missing cgroups: memory | memory cgroup is off",
                "level=fatal msg=\"starting kubernetes: preparing server: failed to validate server configuration: critical configuration value mismatch between servers: ClusterCIDRs\" | must share",
                "x509: certificate has expired or is not yet valid: current time 1970-01-01T00:00:10Z is before 2026-01-01T00:00:00Z | clock of this host",
                "x509: certificate has expired or is not yet valid: current time 2031-01-01T00:00:10Z is after 2027-01-01T00:00:00Z | has expired",
                "level=fatal msg=\"failed to get CA certs: x509: certificate signed by unknown authority\" | another cluster",
                "level=fatal msg=\"no default routes found in \\\"/proc/net/route\\\" or \\\"/proc/net/ipv6_route\\\"\" | no default route",
                "level=fatal msg=\"starting kubernetes: preparing server: start managed database: joining etcd cluster: duplicate node name found, please use a unique name for this node\" | member of this name",
                "level=error msg=\"etcdserver: too many learner members in cluster\" | joining at this moment",
                "level=fatal msg=\"open /var/lib/rancher/k3s/server/db/etcd/config: no space left on device\" | disk is full",
                "level=fatal msg=\"flag provided but not defined: -embeded-registry\" | does not know a setting",
                "level=error msg=\"failed to get CA certs: Get https://127.0.0.1:6444/cacerts: dial tcp 10.0.1.10:6443: connect: no route to host\" | cannot be reached"
            })
    void knowsTheLikelyCause(String line, String cause) {
        assertThat(K3sTrouble.find("I0101 starting\n" + line + "\nlevel=info msg=bye\n")
                        .orElseThrow()
                        .cause())
                .contains(cause);
    }

    @Test
    void tellsTheCauseRatherThanWhatFollowsFromIt() {
        String journal =
                "dial tcp 10.0.1.10:6443: connect: connection refused\nNode password rejected, duplicate hostname\n";
        assertThat(K3sTrouble.guess(journal).orElseThrow()).contains("another password", "homelab remove-node");
    }

    @Test
    void aProgramThatEndsAsSoonAsItBeginsIsGivenUpAfterAMinute() {
        String words = "\nthe new release cannot do this\n";
        assertThat(vain("12 900000" + words).orElseThrow())
                .contains("12 times in a row", "the new release cannot do this");
        assertThat(vain("11 900000" + words)).isEmpty();
        assertThat(vain("12 2000000" + words)).as("it came as far as to wait").isEmpty();
        assertThat(vain("12 -700" + words)).as("it runs").isEmpty();
        assertThat(vain("40 100\ndial tcp: connection refused\n"))
                .as("that may pass")
                .isEmpty();
    }

    @Test
    void waitingIsInVainOnlyAfterSeveralEndsForAReasonThatStays() {
        String token = "\nlevel=fatal msg=\"failed to normalize token\"\n";
        String clock = "\nx509: certificate has expired or is not yet valid\n";
        assertThat(vain("4 100" + token).orElseThrow())
                .contains("does not take the token", "failed to normalize token");
        assertThat(vain("1 100" + token)).isEmpty();
        assertThat(vain("40 100" + clock)).isEmpty();
        assertThat(vain("40 9000000\nlevel=info msg=hello\n")).isEmpty();
    }

    private static Optional<String> vain(String answer) {
        return LocalSh.reading(K3sTrouble.vain("k3s-agent"), 0, answer).known().orElseThrow();
    }

    @Test
    void guessesNothingFromAHealthyJournal() {
        assertThat(K3sTrouble.guess("level=info msg=\"k3s is up and running\"\nStarted k3s.service\n"))
                .isEmpty();
    }
}
