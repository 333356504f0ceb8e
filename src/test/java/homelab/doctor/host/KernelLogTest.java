package homelab.doctor.host;

import static homelab.doctor.host.HostHouses.run;
import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.host.KernelLog.Repeat;
import homelab.probe.Reading;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelLogTest {
    @TempDir
    Path programs;

    @ParameterizedTest
    @ValueSource(strings = {"dash -s", "busybox sh -s"})
    void countsAlikeLinesOnTheHost(String shell) throws Exception {
        long now = Instant.now().getEpochSecond();
        HostHouses.program(programs, "journalctl", """
                %d.000000 jarvis kernel: Booting Linux on physical CPU 0x0000000000 [0x410fd083]
                %d.100000 jarvis kernel: I/O error, dev mmcblk0, sector 1998848 op 0x1:(WRITE) flags 0x800
                %d.200000 jarvis kernel: I/O error, dev mmcblk0, sector 2998848 op 0x1:(WRITE) flags 0x800
                %d.300000 jarvis kernel: I/O error, dev sda, sector 5 op 0x1:(WRITE) flags 0x800
                %d.400000 jarvis kernel: rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { P1 } 21 jiffies s: 1
                %d.500000 jarvis kernel: rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { P2 } 9000 jiffies s: 2
                %d.600000 jarvis sshd[7]: usb 1-1: reset high-speed USB device number 2 using xhci_hcd
                """.formatted(
                        now - 90000, now - 90000, now - 60, now - 50, now - 40, now - 30, now - 20));

        KernelLog log = run(KernelLog.PROBE, shell, programs).known().orElseThrow();

        assertThat(log.of(Trouble.IO_ERROR).stream().filter(Repeat::now))
                .extracting(Repeat::count, Repeat::recent)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(2L, 1L), org.assertj.core.groups.Tuple.tuple(1L, 1L));
        assertThat(log.of(Trouble.RCU_EXPEDITED).stream().filter(Repeat::now)).hasSize(2);
        assertThat(log.of(Trouble.USB_RESET)).as("not the kernel's").isEmpty();
        Repeat first = log.of(Trouble.IO_ERROR).get(0);
        assertThat(first.first()).isEqualTo(Instant.ofEpochSecond(now - 90000));
        assertThat(first.last()).isEqualTo(Instant.ofEpochSecond(now - 60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash -s", "busybox sh -s"})
    void anEmptyLogIsNotAGoodOne(String shell) throws Exception {
        HostHouses.program(programs, "journalctl", "");

        assertThat(run(KernelLog.PROBE, shell, programs))
                .isEqualTo(new Reading.Unknown<KernelLog>(
                        "the journal holds no line of the kernel since the host started"));
    }
}
