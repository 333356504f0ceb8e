package homelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.command.Run;
import homelab.model.Addons;
import homelab.problem.Exit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** A user of releases of the tests' own charts, with Helm and the charts in files. */
record Releases(Homelab homelab) {

    static Releases of(Homelab homelab) throws IOException {
        StoryChart.in(homelab.folder(), "whoami").pack("1.0.0").pack("1.1.0");
        homelab.lab()
                .bring(
                        "/helm/" + helmArchive(homelab.lab()),
                        Files.createDirectories(homelab.folder().resolve("helm")));
        return new Releases(homelab);
    }

    private static String helmArchive(Lab lab) {
        String machine = lab.on(Lab.SERVER, "uname -m");
        return "helm-" + Addons.HELM + "-linux-" + (machine.equals("x86_64") ? "amd64" : "arm64") + ".tar.gz";
    }

    /** The user who wants this version with these values in the namespace web, and a secret with it. */
    Homelab whoami(String version, String values) {
        try {
            Files.writeString(homelab.folder().resolve("values.yaml"), values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return homelab.releasing(
                "./helm",
                "whoami: {chart: whoami-" + version + ".tgz, version: " + version
                        + ", namespace: web, values: values.yaml, secrets: {login: {password: {command: [echo, hunter2]}}}}");
    }

    /** The user who wants this version of a chart with kinds of its own; it is to be packed first. */
    Homelab greeter(String version) {
        return homelab.releasing(
                "./helm", "greeter: {chart: greeter-" + version + ".tgz, version: " + version + ", namespace: greet}");
    }

    static void nothingToDo(Homelab user) {
        Run plan = user.run("addons", "plan", "--exit-code");
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(Exit.DONE);
    }

    static Run applied(Homelab user, String... more) {
        Run run =
                more.length == 0 ? user.run("addons", "apply", "--yes") : user.run("addons", "apply", "--yes", more[0]);
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        return run;
    }
}
