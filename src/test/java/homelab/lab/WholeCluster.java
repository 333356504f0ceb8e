package homelab.lab;

import homelab.command.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * Two hosts on which one run has made all that an inventory can ask for, out of local charts and images: storage by the
 * double of Longhorn, and the real Argo CD, which reads a private repository of the lab.
 *
 * @param ssh the address of the same repository over SSH, to which {@link #KEY} is the key
 * @param planned what the plan was when there was no cluster yet
 * @param bootstrapped the run that made it, be its end good or bad
 */
record WholeCluster(Lab lab, Homelab homelab, GitTree git, String ssh, Run planned, Run bootstrapped) {
    static final String ADMIN = "correct horse";
    static final String GIT = "battery-staple";
    static final String KEY = "git-key"; // in the user's folder
    static final String INGRESS = "argocd.home.arpa";
    static final String VALUES = "longhorn.yaml"; // of Longhorn, in the user's folder
    static final String DISK = "/var/lib/rancher/longhorn"; // which lies on a real file system here

    private static final String IGNORED = """
              ignoreDifferences:
              - {group: apps, kind: Deployment, jsonPointers: [/spec/template/spec/containers/0/args]}
            """;

    private static final String NOTE = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: note, namespace: default}
            data: {from: Git}
            """;

    private static final String LONGHORN = """
            addons:
              helm: {downloads: MIRROR/helm}
              longhorn:
                {version: 1.11.2, repo: MIRROR/charts, values: VALUES, images: [IMAGES/longhorn-1.11.2-images-ARCH.tar],
                 backup: {target: s3://home@lab/, access-key: {file: KEY}, secret-key: {file: KEY}}}
            """;

    private static final String ARGO_CD = """
              argocd: {version: 7.9.1, repo: MIRROR/charts, values: argocd.yaml, ingress: HOST, images: [IMAGES/argo-cd-7.9.1-images-ARCH.tar], admin-password: {file: ADMIN}}
            gitops: {repo: REPOSITORY, path: clusters/home, revision: main, credentials: {username: tony, password: {file: git-password}}}
            """;

    static WholeCluster on(Lab lab) {
        try {
            Homelab user = InLab.user(lab, "WholeCluster");
            GitTree git = GitTree.of(lab, user.folder().resolve("git"));
            git.application("web", "", IGNORED)
                    .deployment("web", "70000")
                    .write("clusters/home/note.yaml", NOTE)
                    .push();
            lab.lock(GitTree.NAME, "tony", secret(user, "git-password", GIT));
            List<String> ssh = lab.overSsh(GitTree.NAME, publicKey(user));
            Files.writeString(
                    user.folder().resolve("argocd.yaml"), "configs: {ssh: {extraHosts: \"" + ssh.get(1) + "\"}}\n");
            String argo = ARGO_CD.replace("HOST", INGRESS)
                    .replace("ADMIN", secret(user, "admin", ADMIN).toString())
                    .replace("REPOSITORY", git.url());
            Homelab homelab = withLonghorn(user, argo);
            Run planned = homelab.run("plan");
            return new WholeCluster(lab, homelab, git, ssh.get(0), planned, homelab.run("bootstrap", "--yes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The user who wants Longhorn on both hosts, of a lab that has its chart. @param more of the inventory */
    static Homelab withLonghorn(Homelab user, String more) throws IOException {
        Lab lab = user.lab();
        for (String host : List.of(Lab.SERVER, Lab.AGENT)) {
            lab.on(host, "mkdir -p " + DISK);
        }
        // The hosts share the disk of this machine, however full that is.
        Files.writeString(
                user.folder().resolve(VALUES), "defaultSettings: {storageMinimalAvailablePercentage: \"1\"}\n");
        String addons = (LONGHORN + more)
                .replace("KEY", secret(user, "key", "made-up").toString())
                .replace("VALUES", VALUES)
                .replace("IMAGES", lab.state() + "/mirror/charts")
                .replace("MIRROR", lab.mirror().lines().findFirst().orElseThrow())
                .replace("ARCH", System.getProperty("os.arch").replace("aarch64", "arm64"));
        return user.where("defaults:\n", "defaults:\n  disks: [" + DISK + "]\n").where("nodes:\n", addons + "nodes:\n");
    }

    /** Of a pair of keys that is made now. */
    private static Path publicKey(Homelab user) {
        String file = user.folder().resolve(KEY).toString();
        Said.by(Duration.ofSeconds(10), "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file)
                .ok();
        return Path.of(file + ".pub");
    }

    private static Path secret(Homelab user, String name, String secret) throws IOException {
        Path file = Files.writeString(user.folder().resolve(name), secret + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
