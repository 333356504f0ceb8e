package homelab.lab;

import static homelab.lab.Fault.fails;

import homelab.command.Run;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Faults that are there at the same time. */
final class SeveralFaults {
    /** One port closed, and on each node a pod that ends when names do not resolve any more. */
    static final Fault ONE_CAUSE = fails("NET-006", "8472/udp closed, so names fail, so a pod starts over and over")
            .objects(FaultsOfPods.ROOM + """
                    apiVersion: apps/v1
                    kind: DaemonSet
                    metadata: {name: guest, namespace: room}
                    spec:
                      selector: {matchLabels: {app: guest}}
                      template:
                        metadata: {labels: {app: guest}}
                        spec:
                          terminationGracePeriodSeconds: 0
                          tolerations: [{operator: Exists}]
                          containers:
                          - name: guest
                            image: busybox:1
                            command: [sh, -c, 'while nslookup kubernetes.default.svc.cluster.local; do sleep 1; done']
                            resources: {requests: {cpu: 5m, memory: 8Mi}, limits: {memory: 16Mi}}
                    """)
            .on(Lab.SERVER, "k3s kubectl -n room rollout status daemonset guest --timeout=60s", "true")
            .on(
                    Lab.AGENT,
                    "iptables -I INPUT -p udp --dport 8472 -j DROP",
                    "iptables -D INPUT -p udp --dport 8472 -j DROP");

    /** What each of four checks finds wrong whose page says that mending it is safe; on hosts that pass for machines. */
    static final Fault SAFE = fails("HOST-005", "four things that are safe to mend")
            .on(
                    Lab.AGENT,
                    "rm /etc/sysctl.d/90-homelab.conf; echo 0 >/proc/sys/net/ipv4/ip_forward",
                    "echo 1 >/proc/sys/net/ipv4/ip_forward")
            .on(Lab.SERVER, "systemctl disable -q --now systemd-timesyncd", "true")
            .on(Lab.SERVER, """
                    rm /etc/systemd/journald.conf.d/10-homelab.conf
                    mv /var/log/journal /root/; systemctl restart systemd-journald
                    """, """
                    mkdir -p /var/log/journal; cp -a /root/journal/. /var/log/journal/; rm -r /root/journal
                    systemctl restart systemd-journald; journalctl --flush
                    """)
            .on(Lab.AGENT, """
                    printf '#!/bin/sh\\n[ $# = 0 ] || exit 0\\nwhile :; do sleep 60; done\\n' >/usr/sbin/multipathd
                    chmod +x /usr/sbin/multipathd
                    printf '[Unit]\\nDescription=A stand-in of the laboratory\\n[Service]\\nExecStart=/usr/sbin/multipathd\\n' \\
                      >/etc/systemd/system/multipathd.service
                    systemctl daemon-reload; systemctl start multipathd
                    """, """
                    systemctl stop multipathd
                    rm -rf /etc/systemd/system/multipathd.service /usr/sbin/multipathd /etc/multipath
                    systemctl daemon-reload
                    """);

    /** Of the plan that mends them. */
    static final List<String> MENDED = List.of(
            "net.ipv4.ip_forward",
            "/etc/sysctl.d/90-homelab.conf",
            "time service",
            "/etc/systemd/journald.conf.d/10-homelab.conf",
            "/etc/multipath/conf.d/homelab.conf");

    private static final Duration TO_SHOW = Duration.ofSeconds(100);

    private SeveralFaults() {}

    static boolean namesAllThatIsSafe(Run doctor) {
        return List.of("✗ HOST-005 ultron: ", "! HOST-006 jarvis: ", "! HOST-012 jarvis: ", "✗ STO-001 ultron: ")
                .stream()
                .allMatch(doctor.out()::contains);
    }

    /** The first look that shows it, or the last of all. */
    static Run until(Supplier<Run> look, Predicate<Run> shows) {
        long end = System.nanoTime() + TO_SHOW.toNanos();
        Run run;
        do {
            run = look.get();
        } while (!shows.test(run) && System.nanoTime() < end);
        return run;
    }
}
