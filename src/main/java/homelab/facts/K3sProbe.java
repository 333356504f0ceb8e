package homelab.facts;

import homelab.facts.UnitProbe.Units;
import homelab.model.Cidr;
import homelab.model.Ip;
import homelab.probe.Probe;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a host has of k3s, whoever installed it. Secrets are only ever seen as their SHA-256. */
final class K3sProbe {
    /**
     * Who puts the binary there may leave {@code size mtime inode sha256 [version]} in this file. It is believed as
     * long as the first three fit, since hashing 70 MB takes a Pi most of a second.
     */
    static final String STAMP = "/var/lib/homelab/k3s.sha256";

    /** What makes k3s begin a move from SQLite to etcd anew at each start. */
    private static final String MOVES = "/etc/systemd/system/k3s.service.d/30-homelab-to-etcd.conf";

    private static final Pattern VERSION = Pattern.compile("(?:^|\\s)(v\\d+\\.\\d+\\.\\d+\\S*)");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private K3sProbe() {}

    /** The admin certificate asks /readyz: curl does in 20 ms what takes kubectl a second. */
    static final Probe<Sections> PROBE = Sections.probe(
            "facts:k3s",
            FactProbes.LIMIT,
            Probe.LIFTED
                    + """
            bin=/usr/local/bin/k3s; data=/var/lib/rancher/k3s; sum=; version=
            if [ -f "$bin" ]; then
              key=$(stat -L -c '%s %Y %i' "$bin")
              stamp=$(first STAMP)
              case $stamp in
                "$key "*) set -- ${stamp#"$key "}; sum=$1; version=${2-} ;;
                *) sum=$(sha256sum "$bin") ;;
              esac
              [ -n "$version" ] || version=$(timeout 5 "$bin" --version 2>/dev/null </dev/null)
            fi
            section binary; echo "${sum%% *}"
            section version; echo "$version"
            section config; if [ -f /etc/rancher/k3s/config.yaml ]; then echo yes; fi
            section ca
            for f in $data/server/tls/server-ca.crt $data/agent/server-ca.crt; do
              if [ -f "$f" ]; then sha256sum <"$f"; break; fi
            done
            section token; if [ -f $data/server/token ]; then tr -d '\\n' <$data/server/token | sha256sum; fi
            section datastore
            # A move to etcd that is guarded begins anew as long as SQLite's file has its name.
            if [ -f $data/server/db/state.db ] && [ -f MOVES ]; then echo sqlite
            elif [ -d $data/server/db/etcd/member/wal ]; then echo etcd
            elif [ -f $data/server/db/state.db ]; then echo sqlite; fi
            section flannel; file /run/flannel/subnet.env
            section images
            for f in $data/agent/images/k3s-airgap-images-*; do [ ! -f "$f" ] || echo "${f##*/}"; done
            section settings
            grep -hsE 'OWN' /etc/rancher/k3s/config.yaml
            section drop-ins
            for f in /etc/rancher/k3s/config.yaml.d/*.yaml; do [ ! -f "$f" ] || grep -HE 'SHARED' "$f"; done
            section password; if [ -s /etc/rancher/node/password ]; then echo yes; fi
            section ready
            tls=$data/server/tls
            if [ -f $tls/client-admin.crt ]; then
              if command -v curl >/dev/null; then
                curl -sf -m 3 --noproxy '*' --cacert $tls/server-ca.crt --cert $tls/client-admin.crt \\
                  --key $tls/client-admin.key https://127.0.0.1:6443/readyz
              elif systemctl -q is-active k3s; then
                timeout 5 "$bin" kubectl get --raw /readyz --request-timeout=3s 2>/dev/null </dev/null
              fi
            fi
            :
            """.replace("STAMP", STAMP)
                            .replace("MOVES", MOVES)
                            .replace("OWN", SettingsLines.OWN)
                            .replace("SHARED", SettingsLines.SHARED));

    static K3sState state(Sections said, Sections systemd) {
        Units units = UnitProbe.units(systemd);
        Optional<String> unit = unit(units);
        return new K3sState(
                version(said.text("version")),
                sha256(said.text("binary")),
                unit,
                unit.map(name -> units.of(name).active()).orElse("inactive"),
                said.text("config").equals("yes"),
                sha256(said.text("ca")),
                sha256(said.text("token")),
                said.text("datastore").isEmpty() ? "none" : said.text("datastore"),
                said.text("ready").equals("ok"),
                podCidr(said.text("flannel")),
                Set.copyOf(said.lines("images")),
                SettingsLines.read(said.lines("settings"), said.lines("drop-ins")),
                said.text("password").equals("yes"));
    }

    /** The unit that is there; of two the one that is not at rest. */
    private static Optional<String> unit(Units units) {
        return Stream.of("k3s", "k3s-agent")
                .filter(name -> units.of(name).there())
                .min(Comparator.comparing(name -> units.of(name).active().equals("inactive")));
    }

    /** The tag in {@code k3s version v1.33.4+k3s1 (148243c4)}. */
    static Optional<String> version(String text) {
        Matcher version = VERSION.matcher(text);
        return version.find() ? Optional.of(version.group(1)) : Optional.empty();
    }

    private static Optional<String> sha256(String text) {
        Matcher sum = SHA256.matcher(text);
        return sum.lookingAt() ? Optional.of(sum.group()) : Optional.empty();
    }

    /** Flannel writes the bridge's address with the prefix length: 10.42.1.1/24 means 10.42.1.0/24. */
    static Optional<String> podCidr(String subnetEnv) {
        return subnetEnv
                .lines()
                .filter(line -> line.startsWith("FLANNEL_SUBNET="))
                .map(line -> network(line.substring(line.indexOf('=') + 1)))
                .findFirst();
    }

    /** @throws IllegalArgumentException when it is neither an address nor an address with a prefix length */
    private static String network(String address) {
        int slash = address.indexOf('/');
        return Cidr.around(Ip.parse(address.substring(0, slash)), Integer.parseInt(address.substring(slash + 1)))
                .toString();
    }
}
