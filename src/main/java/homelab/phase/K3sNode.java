package homelab.phase;

import homelab.artifact.Release;
import homelab.model.Cluster;
import homelab.model.Ip;
import homelab.model.Node;
import homelab.model.Secret;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.resource.Content;
import homelab.resource.Foretold;
import homelab.resource.K3sConfig;
import homelab.resource.K3sFingerprint;
import homelab.resource.K3sService;
import homelab.resource.Resource;
import homelab.resource.TextFile;
import homelab.resource.Worst;
import homelab.template.Templates;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What k3s is to be on one node, as far as it is known now.
 *
 * @param founder the server that the others join: the live one, or the first of the inventory when none lives
 */
record K3sNode(Site site, Node node, Node founder) {
    private static final Pattern FULL_TOKEN = Pattern.compile("K10[0-9a-f]{64}::[a-z]+:(.+)");
    private static final String UNITS = "etc/systemd/system/";

    static K3sNode of(Site site, Node node) {
        Node founder = site.leader().orElseGet(() -> site.cluster().servers().get(0));
        return new K3sNode(site, node, founder);
    }

    static List<K3sNode> all(Site site, List<Node> nodes) {
        return nodes.stream().map(node -> of(site, node)).toList();
    }

    Step step(String phase, Resource resource) {
        return new Step(phase, new Target.OnHost(node.name()), resource);
    }

    boolean founds() {
        return node.equals(founder);
    }

    /** Empty when the host was not reached or k3s is not released for what it is. */
    Optional<Release> release() {
        return site.facts().containsKey(node.name()) ? site.releaseFor(node) : Optional.empty();
    }

    private String unit() {
        return node.role().unit();
    }

    /** Without a token in the inventory the founder makes its own, and needs no file. */
    boolean hasTokenFile() {
        return !founds() || site.cluster().k3s().token().isPresent();
    }

    /**
     * The founder may only be given the password: the full form names the cluster's CA, which its founding makes. Nodes
     * that join get the full form if it is known, and so make sure of whom they join.
     */
    private Optional<Secret> token() {
        return site.token().map(token -> founds() ? password(token) : token).map(K3sNode::line);
    }

    private static Secret password(Secret token) {
        Matcher full = FULL_TOKEN.matcher(token.reveal());
        return full.matches() ? new Secret(full.group(1)) : token;
    }

    private static Secret line(Secret token) {
        return new Secret(token.reveal() + "\n");
    }

    Resource tokenFile() {
        return token().<Resource>map(secret -> TextFile.secret(K3sConfig.TOKEN, secret))
                .orElseGet(() -> waits("file " + K3sConfig.TOKEN, Worst.CREATE));
    }

    private Resource waits(String id, Worst worst) {
        return founds()
                ? Foretold.unknown(id, "the token that the inventory names could not be read")
                : Foretold.waits(id, founder.name() + " is a server", worst);
    }

    private String config() {
        Cluster cluster = site.cluster();
        Optional<Ip> server = founds() ? Optional.empty() : Optional.of(founder.ip());
        return K3sConfig.text(cluster, node, server, hasTokenFile());
    }

    TextFile configFile() {
        TextFile open = TextFile.closed(K3sConfig.PATH, config());
        return K3sConfig.isSecret(site.cluster().k3s())
                ? new TextFile(open.path(), Content.of(new Secret(config())), open.mode(), open.owner(), open.worst())
                : open;
    }

    /** The unit as k3s's own installer writes it, and beside it what homelab needs. */
    List<TextFile> unitFiles() {
        return List.of(
                TextFile.of("/" + started(), text(started())).withMode("0755"),
                TextFile.of("/" + unitPath(), text(unitPath())),
                TextFile.of("/" + dropInPath(), text(dropInPath())));
    }

    private static String started() {
        return "usr/local/lib/homelab/k3s-started";
    }

    private String unitPath() {
        return UNITS + unit() + ".service";
    }

    private String dropInPath() {
        return UNITS + unit() + ".service.d/10-homelab.conf";
    }

    private static String text(String template) {
        return Templates.load(template).text();
    }

    Resource service() {
        String id = "service " + unit();
        Optional<Secret> token = hasTokenFile() ? token() : Optional.of(new Secret(""));
        if (token.isEmpty()) {
            return waits(id, Worst.START);
        }
        return release()
                .<Resource>map(release -> new K3sService(unit(), fingerprint(release, token.get())))
                .orElseGet(() -> unreleased(id));
    }

    private K3sFingerprint fingerprint(Release release, Secret token) {
        return K3sFingerprint.of(
                release.binary().sha256(), config(), token.reveal(), text(unitPath()), text(dropInPath()));
    }

    Foretold unreleased(String id) {
        return Foretold.unknown(id, "it is not known which of the release's files this host needs");
    }
}
