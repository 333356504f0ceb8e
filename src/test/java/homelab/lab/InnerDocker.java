package homelab.lab;

import java.time.Duration;

/** The Docker of this machine on a host of the lab: its own programs copied in, with chains and containers of its own. */
record InnerDocker(Lab lab, String node) {
    private static final Duration TO_COPY = Duration.ofMinutes(2);

    private static final String BEGIN = """
            systemd-run -q --unit inner-docker dockerd --storage-driver=vfs --data-root=/var/lib/rancher/docker
            for i in $(seq 100); do docker info >/dev/null 2>&1 && exit 0; sleep 0.3; done
            journalctl -q -u inner-docker | tail -n 5 >&2; exit 1""";

    /** Lab hosts are of the same Debian as Docker's programs have to be; where they do not run there the story says so. */
    static InnerDocker on(Lab lab, String node) {
        InnerDocker docker = new InnerDocker(lab, node);
        docker.here("""
                for p in dockerd docker docker-proxy docker-init containerd containerd-shim-runc-v2 runc; do
                  f=$(command -v $p) && docker cp "$(readlink -f "$f")" HOST:/usr/local/bin/$p >/dev/null || :
                done""");
        lab.on(node, BEGIN);
        docker.here("docker exec -i HOST docker load <$(cli/lab artifacts | grep '/images.tar$') >/dev/null");
        return docker;
    }

    private void here(String script) {
        Said.by(TO_COPY, "bash", "-c", script.replace("HOST", "homelab-" + lab.name() + "-" + node))
                .ok();
    }

    /** A container says it to whoever connects. */
    void publish(int port, String words) {
        lab.on(
                node,
                "docker run -d -p " + port + ":80 busybox:1 -c 'while :; do echo " + words + " | nc -l -p 80; done'");
        Launched.eventually("it is published", () -> read(port).equals(words));
    }

    /** What is said there to this machine; nothing when nobody is. */
    String read(int port) {
        return Said.by(
                        Duration.ofSeconds(10),
                        "bash",
                        "-c",
                        "timeout 3 cat </dev/tcp/" + lab.address(node) + "/" + port + " 2>/dev/null || :")
                .out()
                .strip();
    }

    /** All rules in which it has a hand, in all tables. */
    String chains() {
        return lab.on(node, "iptables-save | grep -i docker | sed 's/ *\\[[0-9:]*\\]$//'");
    }
}
