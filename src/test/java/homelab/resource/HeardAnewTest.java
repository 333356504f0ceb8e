package homelab.resource;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.model.NodeName;
import homelab.probe.Probe;
import homelab.probe.Readings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeardAnewTest {
    /** As so as can be. */
    private record Done() implements Resource {
        @Override
        public String id() {
            return "done";
        }

        @Override
        public List<Probe<?>> probes() {
            return List.of();
        }

        @Override
        public Status status(Readings readings) {
            return Status.SAME;
        }

        @Override
        public Deed deed() {
            return new Deed.Await();
        }
    }

    private static final Instant START = Instant.parse("2026-11-23T07:54:35Z");
    private static final String NODE = """
            {"kind":"Node","metadata":{"name":"ultron"},"status":{"conditions":[
              {"type":"DiskPressure","status":"False","lastHeartbeatTime":"2026-11-23T08:54:35Z"},
              {"type":"Ready","status":"True","lastHeartbeatTime":"%s"}]}}
            """;
    private final HeardAnew heard = new HeardAnew(new Done(), new NodeName("ultron"), "k3s-agent");

    @TempDir
    Path bin;

    @Test
    void doesNotBelieveWhatWasToldBeforeTheStart() {
        assertThat(status(NODE.formatted("2026-11-23T07:54:34Z")))
                .isEqualTo(Status.drift(Worst.WAIT, "node ultron", "silent since k3s was started", "heard of anew"));
    }

    @Test
    void isSameOnceTheNewKubeletHasTold() {
        assertThat(status(NODE.formatted("2026-11-23T07:54:35Z"))).isEqualTo(Status.SAME);
        assertThat(status(NODE.formatted("2026-11-23T07:54:41Z"))).isEqualTo(Status.SAME);
    }

    /** After a restore the API has forgotten what the kubelet told, and the kubelet sees no reason to tell it again. */
    @Test
    void isSameOnceAKubeletThatRunsForAMinuteRenewsItsLease() {
        String lease = NODE.formatted("2026-11-23T07:50:00Z")
                + "\n--\n{\"kind\":\"Lease\",\"spec\":{\"renewTime\":\"2026-11-23T07:5%s.250000Z\"}}";
        assertThat(status(lease.formatted("5:34"))).isNotEqualTo(Status.SAME);
        assertThat(status(lease.formatted("5:35"))).isEqualTo(Status.SAME);
    }

    @Test
    void waitsWhereTheApiAnswersNothingOrKnowsNoSuchNode() {
        Status unseen = Status.drift(Worst.WAIT, "node ultron", "not seen in the API by its kubelet", "heard of anew");
        assertThat(status("")).isEqualTo(unseen);
        assertThat(status("{\"kind\":\"Status\",\"code\":404}")).isEqualTo(unseen);
    }

    @Test
    void judgesNothingBeforeTheOtherIsSo() {
        HeardAnew starting = new HeardAnew(new K3sApi(), new NodeName("jarvis"), "k3s");
        Map<String, homelab.probe.Reading<?>> silent = new HashMap<>();
        starting.probes().forEach(probe -> silent.put(probe.id(), LocalSh.reading(probe, 0, "")));
        assertThat(starting.status(new Readings(silent))).isEqualTo(new K3sApi().status(new Readings(silent)));
    }

    @Test
    void doesNotAskOfOneThatWasStartedLongAgoOrNever() throws IOException {
        long now = Instant.now().getEpochSecond();
        assertThat(asked(Optional.of(now - 601))).isEqualTo(Status.SAME);
        assertThat(asked(Optional.of(now - 300))).isNotEqualTo(Status.SAME);
        assertThat(asked(Optional.empty())).isEqualTo(Status.SAME);
    }

    /** A Raspberry Pi's clock may have been in the future when k3s was started. */
    @Test
    void doesNotWaitForAFutureThatTheClockHasLeft() throws IOException {
        assertThat(asked(Optional.of(Instant.now().getEpochSecond() + 3600))).isEqualTo(Status.SAME);
    }

    @Test
    void isUnknownWhereItsStartIs() {
        Map<String, homelab.probe.Reading<?>> failed = new HashMap<>();
        heard.probes().forEach(probe -> failed.put(probe.id(), LocalSh.reading(probe, 1, "")));
        assertThat(heard.status(new Readings(failed))).isInstanceOf(Status.Unknown.class);
    }

    private Status status(String answer) {
        return heard.status(LocalSh.answering(heard, "heard:ultron", START.getEpochSecond() + "\n" + answer));
    }

    /** By the probe's own script, with a systemctl that tells this start. */
    private Status asked(Optional<Long> started) throws IOException {
        String tells = started.map(at -> "date -d @" + at + " '+%a %Y-%m-%d %H:%M:%S %Z'")
                .orElse("echo");
        Path fake = Files.writeString(bin.resolve("systemctl"), "#!/bin/sh\n" + tells + "\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();
        return new LocalSh(Map.of("PATH", bin + ":" + System.getenv("PATH"))).status(heard);
    }
}
