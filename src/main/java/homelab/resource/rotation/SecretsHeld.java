package homelab.resource.rotation;

import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.resource.EtcdMembers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Secrets as they lie in etcd, counted by what stands in front of each: {@code k8s:enc:PROVIDER:v1:KEY:} (Kubernetes,
 * "Encrypting Confidential Data at Rest"). k3s itself does not tell it. Nothing of them leaves the host but the numbers.
 *
 * @param encrypted under any key
 * @param active under the key that writes now
 */
public record SecretsHeld(int all, int encrypted, int active) {
    /** Base64 makes 4 characters of 3 bytes: as many as a mark decides alone are compared. */
    private static final String SHELL = EtcdMembers.ASK_BY + """
            ask() {
              curl -sf -m 20 --noproxy '*' --cacert server-ca.crt --cert client.crt --key client.key \\
                -d '{"key":"L3JlZ2lzdHJ5L3NlY3JldHMv","range_end":"L3JlZ2lzdHJ5L3NlY3JldHMw"}' "https://127.0.0.1:$1/v3/kv/range"
            }
            begins() { printf %s "$1" | base64 -w 0 | cut -c "1-$((${#1} * 8 / 6))"; }
            key=$(${lifted}/usr/local/bin/k3s secrets-encrypt status -o json 2>/dev/null |
              sed -n 's/.*"activekey": *"\\([^"]*\\)".*/\\1/p' | head -n 1)
            case $key in XSalsa*) provider=secretbox ;; *) provider=aescbc ;; esac
            { ask 2382 || ask 2379; } 2>/dev/null | tr ',' '\\n' | grep '^"value":"' | cut -c 10-180 |
              awk -v any="$(begins k8s:enc:)" -v own="$(begins "k8s:enc:$provider:v1:${key##* }:")" '
                { all++ } index($0, any) == 1 { some++ } index($0, own) == 1 { active++ }
                END { print all + 0, some + 0, active + 0 }'
            """.replace("${lifted}", Probe.LIFTED);

    public static final Probe<SecretsHeld> PROBE =
            new Probe<>("secrets in etcd", SHELL, Duration.ofSeconds(60), SecretsHeld::parse);

    private static SecretsHeld parse(Answer answer) {
        List<Integer> numbers = answer.text().isBlank()
                ? List.of()
                : Arrays.stream(answer.text().strip().split(" "))
                        .map(Integer::valueOf)
                        .toList();
        if (!answer.ok() || numbers.size() != 3 || numbers.get(0) == 0) {
            throw new IllegalStateException(
                    "etcd on this host does not tell its Secrets (exit code " + answer.exit() + ")");
        }
        return new SecretsHeld(numbers.get(0), numbers.get(1), numbers.get(2));
    }

    public int clear() {
        return all - encrypted;
    }

    public int older() {
        return encrypted - active;
    }

    public boolean isWhole() {
        return active == all;
    }
}
