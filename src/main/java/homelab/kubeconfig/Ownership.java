package homelab.kubeconfig;

import java.util.Optional;

/** Whether what stands under our names in a kubeconfig is ours: whoever has our CA or our certificate is. */
final class Ownership {
    private Ownership() {}

    /** @throws homelab.problem.Failure with exit REFUSED when a name is taken by another cluster */
    static void require(Document document, String name, KubeconfigEntry entry) {
        String ca = KubeconfigState.sha256OfData(entry.caData());
        Optional<String> behindContext = document.field(Section.CONTEXTS, name, "cluster");
        behindContext.ifPresent(cluster -> requireCa(document, cluster, ca, "the context", name));
        requireCa(document, name, ca, "the cluster", name);
        if (document.item(Section.CLUSTERS, name).isEmpty() && behindContext.isEmpty()) {
            requireCertificate(document, name, entry);
        }
    }

    private static void requireCa(Document document, String cluster, String ca, String what, String name) {
        boolean there = document.item(Section.CLUSTERS, cluster).isPresent();
        if (there
                && !document.sha256(Section.CLUSTERS, cluster, "certificate-authority")
                        .equals(Optional.of(ca))) {
            throw Refusals.foreign(document.name(), what, name);
        }
    }

    /** A user of our name alone: nothing but its certificate tells whose it is. */
    private static void requireCertificate(Document document, String name, KubeconfigEntry entry) {
        String certificate = KubeconfigState.sha256OfData(entry.clientCertificateData());
        boolean there = document.item(Section.USERS, name).isPresent();
        if (there && !document.sha256(Section.USERS, name, "client-certificate").equals(Optional.of(certificate))) {
            throw Refusals.foreign(document.name(), "the user", name);
        }
    }
}
