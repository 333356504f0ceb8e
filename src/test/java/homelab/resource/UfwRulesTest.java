package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.probe.Readings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UfwRulesTest {
    private static final List<UfwRule> WANTED = List.of(UfwCapture.SSH_RULE, UfwCapture.PODS_RULE);
    private static final UfwRules RULES = new UfwRules(WANTED);
    private static final UfwStale STALE = new UfwStale(WANTED, new UfwGuard(new NodeName("jarvis"), 22));

    @TempDir
    Path root;

    private static Status rules(String held) {
        return RULES.status(LocalSh.answering(RULES, "ufw rules", held));
    }

    private static Status stale(String held) {
        Readings readings = LocalSh.answering(STALE, "ufw rules", held)
                .and(LocalSh.answering(STALE, "ssh peers:22", "0 0 10.0.1.10:22 10.0.1.50:51514\n"));
        return STALE.status(readings);
    }

    @Test
    void areSameBesideWhateverOthersMade() {
        assertThat(rules(UfwCapture.FOREIGN + UfwCapture.PODS + UfwCapture.SSH)).isEqualTo(Status.SAME);
        assertThat(stale(UfwCapture.FOREIGN + UfwCapture.PODS + UfwCapture.SSH)).isEqualTo(Status.SAME);
    }

    @Test
    void aMissingRuleIsShownWithItsWords() {
        assertThat(rules(UfwCapture.SSH))
                .isEqualTo(Status.drift(
                        Worst.CREATE, "firewall", "absent", "allow everything from 10.42.0.0/16 (homelab: pods)"));
    }

    @Test
    void allAreMissingWhereThereIsNoUfwYet() {
        assertThat(((Status.Drift) rules("")).changes()).hasSize(2);
    }

    @Test
    void aRuleOfSomebodyElseDoesAsWellAndStaysTheirs() {
        assertThat(rules(
                        UfwCapture.PODS + "### tuple ### allow tcp 22 0.0.0.0/0 any 10.0.1.0/24 in comment=6d696e65\n"))
                .isEqualTo(Status.SAME);
    }

    @Test
    void aForeignRuleThatForbidsTheVerySameTrafficIsReplaced() {
        assertThat(rules(UfwCapture.PODS + "### tuple ### deny tcp 22 0.0.0.0/0 any 10.0.1.0/24 in\n"))
                .isEqualTo(Status.drift(
                        Worst.REPLACE,
                        "firewall",
                        "deny 22/tcp from 10.0.1.0/24",
                        "allow 22/tcp from 10.0.1.0/24 (homelab: SSH from the LAN)"));
    }

    @Test
    void anOldCommentOfOursIsRenewed() {
        assertThat(rules(
                                UfwCapture.SSH
                                        + "### tuple ### allow any any 0.0.0.0/0 any 10.42.0.0/16 in comment=686f6d656c61623a206f6c64\n")
                        .toString())
                .contains("(homelab: old)", "(homelab: pods)");
    }

    @Test
    void aRuleOfOursThatIsNoLongerWantedGoes() {
        assertThat(stale(UfwCapture.SSH + UfwCapture.PODS + UfwCapture.ETCD + UfwCapture.FOREIGN))
                .isEqualTo(Status.drift(
                        Worst.DELETE,
                        "firewall",
                        "allow 2379:2380/tcp from 10.0.1.12 (homelab: etcd between servers, from x)",
                        "absent"));
    }

    @Test
    void rulesOfOthersAreKeptAndShown() {
        Readings readings = LocalSh.answering(RULES, "ufw rules", UfwCapture.SSH + UfwCapture.FOREIGN);
        assertThat(RULES.kept(readings)).hasSize(11).noneMatch(rule -> rule.contains("homelab:"));
        assertThat(RULES.kept(Readings.NONE)).isEmpty();
    }

    @Test
    void cutOffRulesAreUnknown() {
        assertThat(RULES.status(Readings.NONE)).isInstanceOf(Status.Unknown.class);
        assertThat(rules("### tuple ### allow")).isInstanceOf(Status.Unknown.class);
    }

    @Test
    void addsWhatIsWantedAndLeavesWhatOthersHold() throws IOException {
        String theirs = "### tuple ### allow any any 0.0.0.0/0 any 10.42.0.0/16 in comment=6d696e65\n";
        assertThat(ufwCalls(RULES, theirs + UfwCapture.FOREIGN))
                .containsExactly("allow proto tcp from 10.0.1.0/24 to any port 22 comment homelab: SSH from the LAN");
        assertThat(ufwCalls(RULES, UfwCapture.FOREIGN)).hasSize(2);
    }

    @Test
    void renewsACommentOfOurs() throws IOException {
        String old = "### tuple ### allow any any 0.0.0.0/0 any 10.42.0.0/16 in comment=686f6d656c61623a206f6c64\n";
        assertThat(ufwCalls(RULES, old)).contains("allow from 10.42.0.0/16 to any comment homelab: pods");
    }

    @Test
    void deletesOursByTheirWordsAndNothingElse() throws IOException {
        String pods = UfwCapture.PODS.replace("10.42.", "10.52.");
        assertThat(ufwCalls(STALE, UfwCapture.SSH + UfwCapture.ETCD + pods + UfwCapture.FOREIGN + UfwCapture.PODS))
                .containsExactly(
                        "delete allow proto tcp from 10.0.1.12 to 0.0.0.0/0 port 2379:2380",
                        "delete allow from 10.52.0.0/16 to 0.0.0.0/0");
        assertThat(ufwCalls(STALE, UfwCapture.SSH + UfwCapture.FOREIGN)).isEmpty();
    }

    @Test
    void aRefusalOfUfwEndsTheScriptWithItsReason() throws IOException {
        Files.writeString(root.resolve("user.rules"), UfwCapture.ETCD);
        fakeUfw("echo 'ERROR: problem running' >&2; exit 1");
        for (Resource resource : List.of(RULES, STALE)) {
            LocalSh.Ran ran = sh().run(script(resource));
            assertThat(ran.exit()).isNotZero();
            assertThat(ran.out()).contains("ERROR: problem running");
        }
    }

    /** What the deed asks of UFW when these rules are held. */
    private List<String> ufwCalls(Resource resource, String held) throws IOException {
        Files.writeString(root.resolve("user.rules"), "*filter\n" + held);
        Path log = Files.writeString(root.resolve("log"), "");
        fakeUfw("echo \"$*\" >>" + log);
        assertThat(sh().run(script(resource))).isEqualTo(new LocalSh.Ran(0, ""));
        return Files.readAllLines(log);
    }

    private String script(Resource resource) {
        return ((Deed.UntilConfirmed) resource.deed()).shell().script().replace("/etc/ufw", root.toString());
    }

    private LocalSh sh() {
        return new LocalSh(Map.of("PATH", root + ":" + System.getenv("PATH")));
    }

    private void fakeUfw(String script) throws IOException {
        Path fake = Files.writeString(root.resolve("ufw"), "#!/bin/sh\n" + script + "\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();
    }
}
