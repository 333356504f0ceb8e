package homelab.phase;

import homelab.artifact.Release;
import homelab.artifact.Releases;
import homelab.facts.K3sState;
import homelab.model.Node;
import homelab.plan.Step;
import homelab.plan.Target;
import homelab.probe.Reading;
import homelab.resource.CachedFile;
import homelab.resource.K3sBinary;
import homelab.resource.K3sImages;
import homelab.resource.K3sLinks;
import homelab.resource.K3sOldImages;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The release's files: brought here, and from here to the hosts. Hosts never download by themselves. */
public record ArtifactPhase() implements Phase {

    @Override
    public String name() {
        return "artifacts";
    }

    @Override
    public List<Step> steps(Site site) {
        List<K3sNode> nodes = K3sNode.all(site, site.cluster().nodes());
        Set<CachedFile> files = new LinkedHashSet<>();
        List<Step> uploads = new ArrayList<>();
        for (K3sNode node : nodes) {
            Optional<Release> release = node.release();
            release.ifPresent(found -> files.addAll(missing(site, node.node(), found)));
            uploads.addAll(release.map(found -> uploads(node, found))
                    .orElseGet(() -> List.of(node.step(name(), node.unreleased("k3s")))));
        }
        List<Step> steps = new ArrayList<>();
        files.forEach(file -> steps.add(new Step(name(), new Target.Here(), file)));
        steps.addAll(uploads);
        return steps;
    }

    /** What this host lacks, judged by its facts: a file that every host has already need not be in this cache. */
    private static List<CachedFile> missing(Site site, Node node, Release release) {
        List<CachedFile> files = new ArrayList<>();
        if (!has(
                site,
                node,
                state ->
                        state.binarySha256().equals(Optional.of(release.binary().sha256())))) {
            files.add(cached(site, release.binary()));
        }
        release.images()
                .filter(images -> !has(
                        site,
                        node,
                        state -> state.images().contains(onHost(images).remoteName())))
                .ifPresent(images -> files.add(cached(site, images)));
        return files;
    }

    private static boolean has(Site site, Node node, Predicate<K3sState> what) {
        return site.factsOf(node).k3s() instanceof Reading.Known<K3sState> known && what.test(known.value());
    }

    private static CachedFile cached(Site site, Release.Artifact artifact) {
        return new CachedFile(Releases.uri(site.cluster(), artifact.name()), artifact.cached(), artifact.sha256());
    }

    private List<Step> uploads(K3sNode node, Release release) {
        Release.Artifact binary = release.binary();
        List<Step> steps = new ArrayList<>();
        steps.add(node.step(name(), new K3sBinary(release.version(), binary.cached(), binary.sha256())));
        steps.add(node.step(name(), new K3sLinks()));
        release.images().map(ArtifactPhase::onHost).ifPresent(images -> {
            steps.add(node.step(name(), images));
            steps.add(node.step(name(), new K3sOldImages(images.remoteName())));
        });
        return steps;
    }

    private static K3sImages onHost(Release.Artifact images) {
        return new K3sImages(images.name(), images.cached(), images.sha256());
    }
}
