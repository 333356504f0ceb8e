package homelab.resource.argo;

import homelab.model.Secret;
import homelab.probe.Answer;
import homelab.probe.Probe;
import homelab.probe.Readings;
import homelab.resource.Change;
import homelab.resource.Deed;
import homelab.resource.Resource;
import homelab.resource.Sh;
import homelab.resource.Status;
import homelab.resource.Worst;
import homelab.resource.helm.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The user admin of Argo CD has this password, and the one that Argo CD made for the first login is gone. Argo CD keeps a
 * bcrypt hash (argocd-secret, admin.password). It is made and compared on the server by perl, which Debian and Ubuntu always
 * have, with the system's own crypt(3); the password reaches it on standard input alone. Asked on the leader.
 */
public record AdminPassword(String namespace, Secret password) implements Resource {
    /** bcrypt looks no further. */
    private static final int MOST_BYTES = 72;

    private static final String LOOK = Api.GET + """
            secret() { echo "/api/v1/namespaces/$ns/secrets/$1?pretty=false" | get application/json; }
            got=$(secret argocd-secret)
            first=$(secret argocd-initial-admin-secret | tail -n 1)
            command -v perl >/dev/null || { echo no-perl; exit; }
            hash=$(printf '%s' "$got" | sed -n 's/.*"admin\\.password":"\\([^"]*\\)".*/\\1/p' | base64 -d)
            same() { perl -e 'my $h = <STDIN>; chomp $h; local $/; my $p = <STDIN>; my $c = crypt($p, $h);
              print length $h && defined $c && $c eq $h ? "same" : "other"'; }
            it=$({ printf '%s\\n' "$hash"; feed; } | same)
            echo "$(printf '%s\\n' "$got" | tail -n 1) $first $it"
            """;

    private static final String SET = """
            set -eu
            salt=$(od -An -N60 -tx1 /dev/urandom | tr -d ' \\n' | cut -c1-21)
            hash=$(feed | perl -e 'local $/; my $p = <STDIN>; print crypt($p, shift) // ""' "\\$2b\\$10\\$${salt}u")
            case $hash in '$2b$10$'*) ;; *) echo "crypt(3) of this server knows no bcrypt" >&2; exit 1 ;; esac
            printf '{"stringData":{"admin.password":"%s","admin.passwordMtime":"%s"}}' "$hash" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" |
              k3s kubectl -n "$ns" patch secret argocd-secret --type=merge --patch-file=/dev/stdin >&2
            k3s kubectl -n "$ns" delete secret argocd-initial-admin-secret --ignore-not-found >&2
            """;

    public AdminPassword {
        int bytes = password.reveal().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("it has " + bytes + " bytes, and bcrypt looks at the first 72 alone");
        }
    }

    private record Look(boolean installed, boolean initial, boolean same) {}

    @Override
    public String id() {
        return "password of Argo CD's admin";
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(probe());
    }

    private Probe<Look> probe() {
        return Probe.of(id(), head() + LOOK, AdminPassword::parse);
    }

    private String head() {
        return "ns=" + Sh.quote(namespace) + "\nfeed() {\n" + Sh.feed(password.reveal(), "cat") + "}\n";
    }

    private static Look parse(Answer answer) {
        String[] words = answer.text().strip().split(" ");
        if (words[0].equals("no-perl")) {
            throw new IllegalStateException("there is no perl on this server to compare it with");
        }
        if (!answer.ok() || words.length != 3 || !words[0].matches("200|404") || !words[1].matches("200|404")) {
            throw new IllegalStateException("the API does not tell it");
        }
        return new Look(words[0].equals("200"), words[1].equals("200"), words[2].equals("same"));
    }

    @Override
    public Status status(Readings readings) {
        return Status.of(readings.of(probe()), this::judged);
    }

    private Status judged(Look is) {
        if (!is.installed()) {
            return new Status.Waits("Argo CD is installed", Worst.CHANGE);
        }
        List<Change> changes = new ArrayList<>();
        if (!is.same()) {
            changes.add(new Change(id(), "another one", "the inventory's"));
        }
        if (is.initial()) {
            changes.add(new Change("Secret " + namespace + "/argocd-initial-admin-secret", "present", "absent"));
        }
        return changes.isEmpty() ? Status.SAME : new Status.Drift(changes, Worst.CHANGE);
    }

    @Override
    public Deed deed() {
        return new Deed.Shell(head() + SET, Duration.ofSeconds(60));
    }

    /** Argo CD writes its own when it comes up, maybe just now. */
    @Override
    public Duration patience() {
        return Duration.ofSeconds(20);
    }
}
