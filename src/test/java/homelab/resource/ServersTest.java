package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.ClusterToken;
import homelab.model.Ip;
import homelab.model.NodeName;
import homelab.model.Secret;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Status.Drift;
import homelab.resource.Status.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The gates and guards of several servers, on answers of etcd 3.5.21 and the API as they were captured in a lab. */
class ServersTest {
    private static final String FRIDAY = member("friday-0101740d", "10.77.0.13", "");
    private static final String VISION = member("vision-ad4cee69", "10.77.0.11", "");
    private static final String JARVIS = member("jarvis-05c4322a", "10.77.0.12", "");
    private static final String LEARNER = member("jarvis-05c4322a", "10.77.0.12", ",\"isLearner\":true");
    private static final String UNSTARTED =
            "{\"ID\":\"7\",\"peerURLs\":[\"https://10.77.0.12:2380\"],\"isLearner\":true}";
    private static final NodeName NODE = new NodeName("jarvis");
    private static final Ip IP = Ip.parse("10.77.0.12");
    private static final List<Ip> ALL = List.of(Ip.parse("10.77.0.11"), IP, Ip.parse("10.77.0.13"));
    private static final K3sFingerprint WANTED =
            K3sFingerprint.of("a".repeat(64), "tls-san: new\n", Optional.empty(), "unit\n", "drop-in\n", true);
    private static final K3sFingerprint OLDER =
            K3sFingerprint.of("a".repeat(64), "tls-san: old\n", Optional.empty(), "unit\n", "drop-in\n", true);

    private static String member(String name, String ip, String more) {
        return """
                {"ID":"2356801208233623511","name":"%s","peerURLs":["https://%s:2380"],"clientURLs":["https://%s:2379"]%s}""".formatted(name, ip, ip, more);
    }

    private static String list(String... members) {
        return "{\"header\":{\"raft_term\":\"3\"},\"members\":[" + String.join(",", members) + "]}";
    }

    @Test
    void letsTheNextServerJoinWhenAllAreVoters() {
        assertThat(gate(list(FRIDAY, VISION, JARVIS))).isEqualTo(Status.SAME);
    }

    @Test
    void holdsTheNextServerBackUntilThisOneVotes() {
        assertThat(before(gate(list(FRIDAY, VISION)))).isEqualTo("not in the list of 2");
        assertThat(before(gate(list(FRIDAY, LEARNER)))).isEqualTo("on its way in, without a vote yet");
        assertThat(before(gate(list(FRIDAY, UNSTARTED)))).isEqualTo("on its way in, without a vote yet");
    }

    @Test
    void holdsTheNextServerBackWhileAnotherIsOnItsWayIn() {
        String other = member("vision-ad4cee69", "10.77.0.11", ",\"isLearner\":true");
        assertThat(before(gate(list(JARVIS, other)))).isEqualTo("a voter, beside one that is on its way in");
    }

    @Test
    void anEtcdWithoutAQuorumIsNoReadyOne() {
        EtcdMember gate = new EtcdMember(NODE, IP);
        assertThat(before(gate.status(Readings.NONE))).isEqualTo("etcd does not answer there");
    }

    private static Status gate(String answer) {
        EtcdMember gate = new EtcdMember(NODE, IP);
        return gate.status(LocalSh.answering(gate, "etcd:members", answer));
    }

    private static String before(Status status) {
        return ((Drift) status).changes().get(0).before();
    }

    @Test
    void restartsAServerWhileTheOthersAreAQuorum() {
        assertThat(restart(OLDER, list(FRIDAY, VISION, JARVIS), "10.77.0.11\n10.77.0.13\n"))
                .isInstanceOfSatisfying(
                        Drift.class, drift -> assertThat(drift.worst()).isEqualTo(Worst.RESTART));
    }

    @Test
    void refusesARestartThatWouldStopEtcd() {
        assertThat(restart(OLDER, list(FRIDAY, VISION, JARVIS), "10.77.0.13\n"))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.problem().what()).isEqualTo("jarvis: a restart of k3s would stop etcd");
                    assertThat(refused.problem().why())
                            .isEqualTo("1 of its 3 members would be left and 2 are needed; 10.77.0.11 does not answer"
                                    + " on port 2379");
                });
    }

    @Test
    void refusesARestartOfAMemberThatHasNoQuorumNow() {
        RollingRestart restart = restart();
        Readings readings = LocalSh.answering(restart, "service:k3s", systemd(OLDER));
        assertThat(restart.status(readings)).isInstanceOf(Refused.class);
    }

    @Test
    void aServerWhoseOthersAreStillToJoinMayBeRestarted() {
        assertThat(restart(OLDER, list(JARVIS), "")).isInstanceOf(Drift.class);
    }

    @Test
    void asksNothingOfTheOthersWhenThereIsNothingToRestart() {
        assertThat(restart(WANTED, list(FRIDAY, VISION, JARVIS), "")).isEqualTo(Status.SAME);
    }

    @Test
    void saysAtOnceThatEtcdWillFindNoQuorum() {
        assertThat(inVain("[" + FRIDAY + "," + VISION + "," + JARVIS + "]", "10.77.0.11", "10.77.0.13"))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("etcd needs 2 of its 3 members, and 10.77.0.11, 10.77.0.13 could not be reached"));
    }

    @Test
    void waitsForASleepingServerThatHasAQuorumOfMembers() {
        assertThat(inVain(list(FRIDAY, VISION, JARVIS), "10.77.0.11")).isEmpty();
        assertThat(inVain(list(JARVIS), "10.77.0.11", "10.77.0.13")).isEmpty();
    }

    private static Optional<String> inVain(String members, String... lost) {
        Woken woken = new Woken(
                new K3sService("k3s", WANTED),
                IP,
                Stream.of(lost).map(Ip::parse).toList());
        Probe<Optional<String>> quorum = woken.vain().get(0);
        assertThat(woken.vain()).hasSize(2);
        return LocalSh.reading(quorum, 0, members).known().orElseThrow();
    }

    private static RollingRestart restart() {
        return new RollingRestart(new K3sService("k3s", WANTED), NODE, IP, ALL);
    }

    private static Status restart(K3sFingerprint started, String members, String answering) {
        RollingRestart restart = restart();
        return restart.status(answering(
                restart,
                Map.of(
                        "service:k3s", systemd(started),
                        "etcd:members", members,
                        "etcd:others of 10.77.0.12", answering)));
    }

    private static String systemd(K3sFingerprint started) {
        return started.text()
                + "---\nLoadState=loaded\nUnitFileState=enabled\nActiveState=active\nNeedDaemonReload=no\n";
    }

    private static Readings answering(Resource resource, Map<String, String> answers) {
        Readings all = Readings.NONE;
        for (Probe<?> probe : resource.probes()) {
            all = all.and(LocalSh.answering(resource, probe.id(), answers.getOrDefault(probe.id(), "")));
        }
        return all;
    }

    @Test
    void takesAHostInThatTheClusterDoesNotKnow() {
        assertThat(seat(true, false, list(FRIDAY, VISION), "none\n")).isEqualTo(Status.SAME);
    }

    @Test
    void refusesAServerThatWasInstalledAnewWhileItsOldMemberIsThere() {
        assertThat(seat(true, true, list(FRIDAY, VISION, JARVIS), ""))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.problem().what()).contains("etcd has a member at 10.77.0.12 already");
                    assertThat(refused.problem().fix()).contains("kubectl delete node jarvis");
                });
    }

    @Test
    void refusesAHostThatHasForgottenThePasswordOfItsName() {
        assertThat(seat(false, false, "", "there\n"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem().why()).contains("/etc/rancher/node/password is gone"));
        assertThat(seat(false, true, "", "there\n")).isEqualTo(Status.SAME);
    }

    private static Status seat(boolean server, boolean password, String members, String secret) {
        FreeSeat seat = new FreeSeat(NODE, IP, server, password);
        return seat.status(answering(seat, Map.of("etcd:members", members, "secret:jarvis", secret)));
    }

    @Test
    void aSettledServerIsNotRestartedForWhomItJoinedOrTheFormOfItsToken() {
        ClusterToken full = new ClusterToken(new Secret("K10" + "0".repeat(64) + "::server:horse"));
        ClusterToken password = new ClusterToken(new Secret("horse"));
        K3sFingerprint founded = fingerprint("cluster-init: true\n", Optional.empty(), false);
        K3sFingerprint joined = fingerprint("server: https://10.77.0.11:6443\n", Optional.of(password), false);
        K3sFingerprint settled = fingerprint("server: https://10.77.0.13:6443\n", Optional.of(full), true);

        assertThat(settled.changesFrom(founded)).isEmpty();
        assertThat(settled.changesFrom(joined)).isEmpty();
        assertThat(fingerprint("cluster-init: true\n", Optional.empty(), true).changesFrom(joined))
                .as("the last server of several, which needs no token file any more")
                .isEmpty();
        assertThat(joined.changesFrom(founded)).hasSize(2);
        assertThat(settled.changesFrom(fingerprint("", Optional.of(new ClusterToken(new Secret("other"))), true)))
                .containsExactly(new Change("k3s runs with", "another token", "the wanted one"));
    }

    private static K3sFingerprint fingerprint(String config, Optional<ClusterToken> token, boolean settled) {
        return K3sFingerprint.of("a".repeat(64), config, token, "unit\n", "drop-in\n", settled);
    }

    @Test
    void refusesToChangeWhatTheClusterWasFoundedWith() {
        FixedSetting pods = new FixedSetting("network.pods", "pods", "10.52.0.0/16", "set it back");
        String answer = "pods 10.42.0.0/16\nencrypted true\ndatastore etcd\nfirst-service 10.43.0.1\n";
        assertThat(pods.status(LocalSh.answering(pods, "founded with", answer)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem().why())
                                .isEqualTo("the cluster has pods 10.42.0.0/16 where the inventory means 10.52.0.0/16"));
        FixedSetting same = new FixedSetting("network.pods", "pods", "10.42.0.0/16", "");
        assertThat(same.status(LocalSh.answering(same, "founded with", answer))).isEqualTo(Status.SAME);
    }
}
