package homelab.phase;

import homelab.adopt.ConfigText;
import homelab.adopt.Found;
import homelab.artifact.Release;
import homelab.facts.K3sState;
import homelab.model.ClusterToken;
import homelab.model.Node;
import homelab.model.Secret;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.probe.Reading;
import homelab.resource.Content;
import homelab.resource.Foretold;
import homelab.resource.HeardAnew;
import homelab.resource.K3sConfig;
import homelab.resource.K3sFingerprint;
import homelab.resource.K3sKeptRunning;
import homelab.resource.K3sOutside;
import homelab.resource.K3sService;
import homelab.resource.K3sToken;
import homelab.resource.Resource;
import homelab.resource.TextFile;
import homelab.resource.Worst;
import homelab.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What k3s is to be on one node, as far as it is known now. */
record K3sNode(Site site, Node node, Joining joining) {
    private static final String UNITS = "etc/systemd/system/";

    static K3sNode of(Site site, Node node) {
        return new K3sNode(site, node, new Joining(site, node));
    }

    static List<K3sNode> all(Site site, List<Node> nodes) {
        return nodes.stream().map(node -> of(site, node)).toList();
    }

    Step step(String phase, Resource resource) {
        return new Step(phase, new Target.OnHost(node.name()), resource);
    }

    /** Empty when the host was not reached or k3s is not released for what it is. */
    Optional<Release> release() {
        return site.reached(node) ? site.releaseFor(node) : Optional.empty();
    }

    private String unit() {
        return node.role().unit();
    }

    private boolean alone() {
        return node.isServer() && site.cluster().servers().size() == 1;
    }

    /** Without a token in the inventory the server that founds the cluster makes its own, and needs no file. */
    boolean hasTokenFile() {
        boolean needsNone = joining.founds() || alone() && joining.settled();
        return !needsNone || site.cluster().k3s().token().isPresent();
    }

    /**
     * A server that founds the cluster may only be given the password: the full form names the cluster's CA, which the
     * founding makes. Nodes that join get the full form if it is known, and so make sure of whom they join.
     */
    private Optional<ClusterToken> token() {
        boolean first = joining.founds() || alone();
        return site.token().map(ClusterToken::new).map(token -> first ? new ClusterToken(token.password()) : token);
    }

    /** All that k3s reads when it starts. */
    List<Step> files(String phase) {
        return found().map(found -> List.of(step(phase, adoption(found)))).orElseGet(() -> own(phase));
    }

    /** A k3s of others that is there already; whose role is another is told by preflight. */
    private Optional<Reading<Optional<Found>>> found() {
        return site.takeover()
                .on(node.name())
                .filter(reading -> !(reading instanceof Reading.Known<Optional<Found>> known)
                        || known.value()
                                .filter(found -> found.unit().equals(unit()))
                                .isPresent());
    }

    private Resource adoption(Reading<Optional<Found>> reading) {
        String id = "k3s that others installed";
        if (reading instanceof Reading.Unknown<Optional<Found>> unknown) {
            return Foretold.unknown(id, unknown.why());
        }
        Adopting adopting = adopting(reading.known().flatMap(found -> found).orElseThrow());
        if (hasTokenFile() && token().isEmpty()) {
            return waits(id, Worst.CHANGE);
        }
        List<TextFile> files = new ArrayList<>(unitFiles());
        files.add(configFile());
        files.addAll(site.outward().wanted().files(unit()));
        if (hasTokenFile()) {
            token().map(K3sToken::file).ifPresent(files::add);
        }
        Optional<ClusterToken> token = hasTokenFile() ? token() : Optional.empty();
        return release()
                .<Resource>map(release -> adopting.resource(files, Optional.of(fingerprint(release, token))))
                .orElseGet(() -> unreleased(id));
    }

    private Adopting adopting(Found found) {
        boolean same = release()
                .filter(release -> site.k3sOf(node)
                        .flatMap(K3sState::binarySha256)
                        .equals(Optional.of(release.binary().sha256())))
                .isPresent();
        return new Adopting(
                node,
                found,
                ConfigText.read(config(), K3sConfig.PATH),
                site.takeover().wanted(),
                same,
                site.outward().wanted().equals(K3sOutside.DIRECT));
    }

    private List<Step> own(String phase) {
        List<Step> steps = new ArrayList<>();
        unitFiles().forEach(file -> steps.add(step(phase, file)));
        steps.add(step(phase, configFile()));
        if (hasTokenFile()) {
            steps.add(step(phase, tokenFile()));
        }
        site.outward().on(node).forEach(resource -> steps.add(step(phase, resource)));
        return steps;
    }

    Resource tokenFile() {
        return token().<Resource>map(token -> new K3sToken(token, joining.settled()))
                .orElseGet(() -> waits("file " + K3sConfig.TOKEN, Worst.CREATE));
    }

    private Resource waits(String id, Worst worst) {
        return joining.founds()
                ? Foretold.unknown(id, "the token that the inventory names could not be read")
                : Foretold.waits(id, joining.founder().name() + " is a server", worst);
    }

    private String config() {
        return K3sConfig.text(site.cluster(), node, joining.server(), hasTokenFile());
    }

    TextFile configFile() {
        TextFile open = TextFile.closed(K3sConfig.PATH, config());
        return K3sConfig.isSecret(site.cluster().k3s())
                ? new TextFile(open.path(), Content.of(new Secret(config())), open.mode(), open.owner(), open.worst())
                : open;
    }

    /** The unit as k3s's own installer writes it, and beside it what homelab needs. */
    private List<TextFile> unitFiles() {
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
        Optional<ClusterToken> token = hasTokenFile() ? token() : Optional.empty();
        if (hasTokenFile() && token.isEmpty()) {
            return waits(id, Worst.START);
        }
        return release()
                .map(release -> service(new K3sService(unit(), fingerprint(release, token))))
                .orElseGet(() -> unreleased(id));
    }

    private Resource service(K3sService service) {
        Optional<Found> others = found().flatMap(Reading::known).flatMap(found -> found);
        if (others.isEmpty()) {
            return service;
        } else if (!site.takeover().wanted()) {
            return Foretold.waits(service.id(), "k3s is taken over with --adopt", Worst.WAIT);
        }
        return adopting(others.get()).isEqual() ? new K3sKeptRunning(service) : service;
    }

    /**
     * One that joins has told nothing yet, and whom it joins may not be up.
     *
     * @param remembered whether the API may know it from before all the same
     */
    Resource heardAnew(Resource resource, boolean remembered) {
        return joining.settled() || remembered ? new HeardAnew(resource, node.name(), unit()) : resource;
    }

    private K3sFingerprint fingerprint(Release release, Optional<ClusterToken> token) {
        return K3sFingerprint.of(
                        release.binary().sha256(),
                        config(),
                        token,
                        text(unitPath()),
                        text(dropInPath()),
                        joining.settled())
                .with(site.outward().wanted());
    }

    Foretold unreleased(String id) {
        return Foretold.unknown(id, "it is not known which of the release's files this host needs");
    }
}
