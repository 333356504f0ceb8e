package homelab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A repository of a lab as its owner writes it: a root of Applications, and what these hold. */
record GitTree(Lab lab, Path folder, String url) {
    static final String NAME = "home";

    static GitTree of(Lab lab, Path folder) {
        return new GitTree(lab, folder, lab.repository(NAME));
    }

    /** An Application in the root's folder, and the folder that it reads. @param more of its metadata, and of its spec */
    GitTree application(String name, String metadata, String spec) {
        return write(
                "clusters/home/" + name + ".yaml",
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: NAME, namespace: argocd METADATA}
                spec:
                  project: default
                  source: {repoURL: ADDRESS, path: apps/NAME, targetRevision: main}
                  destination: {server: https://kubernetes.default.svc, namespace: default}
                  syncPolicy: {automated: {}}
                """.replace("NAME", name).replace("METADATA", metadata).replace("ADDRESS", url) + spec);
    }

    /** A Deployment of one container that waits so long. */
    GitTree deployment(String name, String seconds) {
        return write(
                "apps/" + name + "/deployment.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: NAME, namespace: default}
                spec:
                  selector: {matchLabels: {app: NAME}}
                  template:
                    metadata: {labels: {app: NAME}}
                    spec:
                      terminationGracePeriodSeconds: 0
                      containers:
                      - {name: NAME, image: docker.io/library/busybox:1, imagePullPolicy: Never, command: [sleep], args: ["SECONDS"]}
                """.replace("NAME", name).replace("SECONDS", seconds));
    }

    /** A Job that is a hook and does not end. */
    GitTree endlessHook(String name) {
        return write("apps/" + name + "/hook.yaml", """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: NAME-hook, namespace: default, annotations: {argocd.argoproj.io/hook: PreSync}}
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      terminationGracePeriodSeconds: 0
                      containers:
                      - {name: hook, image: docker.io/library/busybox:1, imagePullPolicy: Never, command: [sleep, "100000"]}
                """.replace("NAME", name));
    }

    GitTree write(String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void push() {
        lab.push(NAME, folder);
    }
}
