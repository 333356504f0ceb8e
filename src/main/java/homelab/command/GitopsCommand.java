package homelab.command;

import homelab.gitops.Application;
import homelab.gitops.Picture;
import homelab.host.Host;
import homelab.kube.KubeApi;
import homelab.kube.ServerAccess;
import homelab.model.Cluster;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** {@code homelab gitops}: what Git says beside what Argo CD was told beside what runs. */
@CommandLine.Command(
        name = "gitops",
        description = {
            "Shows what Git says beside what Argo CD was told beside what runs: Synced is Argo CD's word for its own",
            "comparison, not for what the pods run.",
            "",
            "status and drift read the API, what Argo CD's controller keeps of its last comparison, and the repositories.",
            "diff is Argo CD's own foretelling of a sync, as old as its last comparison. pause sets the annotation by which",
            "Argo CD leaves an Application alone; nothing lifts it by itself. password shows the one that Argo CD made for the",
            "first login, once."
        },
        footer = {
            "",
            "Examples:",
            "  homelab gitops status -i inventory/two-pis.yaml",
            "  homelab gitops status --exit-code   # 1 when something is not as Git says, 4 when it could not be seen",
            "  homelab gitops drift web            # who set each field that is not as Git says",
            "  homelab gitops diff web             # what a sync would change",
            "  homelab gitops pause web --reason 'disk is being replaced' --for 2h",
            "  homelab gitops resume --all",
            "  homelab gitops password             # of the user admin, once"
        })
final class GitopsCommand implements Command {

    /** What is done. */
    enum Deed {
        status,
        drift,
        diff,
        pause,
        resume,
        password
    }

    @CommandLine.Mixin
    private final Common common = new Common();

    @CommandLine.Parameters(
            index = "0",
            paramLabel = "DEED",
            description = "status, drift, diff, pause, resume or password.")
    private Deed deed = Deed.status;

    @CommandLine.Parameters(
            index = "1..*",
            paramLabel = "APP",
            hideParamSyntax = true,
            description = "These Applications; all without a name, but for pause and resume.")
    private List<String> names = new ArrayList<>();

    @CommandLine.Option(names = "--all", description = "With pause and resume: every Application.")
    private boolean all;

    @CommandLine.Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "With pause: why; kept with it and shown.")
    private String reason = "";

    @CommandLine.Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Ago.class,
            description = "With pause: 90m, 2h or 3d, after which status names it as overdue.")
    private Optional<Duration> length = Optional.empty();

    @CommandLine.Option(
            names = "--no-git",
            description = "Do not ask the repositories what they hold now; else git does it here, as you.")
    private boolean noGit;

    @CommandLine.Option(
            names = "--exit-code",
            description = "End with 1 when something is not as Git says, 4 when it could not be seen.")
    private boolean exitCode;

    private final Io io;

    GitopsCommand(Io io) {
        this.io = io;
    }

    @Override
    public Exit call() {
        boolean changes = deed == Deed.pause || deed == Deed.resume;
        if (changes && names.isEmpty() != all) {
            throw usage(
                    "say which Applications to " + deed, "neither a name nor --all, or both", "name them, or --all");
        }
        if (deed == Deed.pause && reason.isBlank()) {
            throw usage("say why it is paused", "--reason is missing", "--reason 'disk is being replaced'");
        }
        try (Job job = Job.withoutReleases(io, common, "gitops", Cluster::servers)) {
            Host server = job.workshop().fleet().host(job.leader().name());
            if (deed == Deed.password) {
                job.quiet();
                new GitopsPassword(server, GitopsPassword.namespace(job)).show(io.out(), io.err());
                return Exit.DONE;
            }
            try (KubeApi api = ServerAccess.open(server)) {
                return changes ? change(job, api, length) : look(job, new GitopsLook(server, api));
            }
        }
    }

    private static Failure usage(String what, String why, String fix) {
        return new Failure(Exit.USAGE, Problem.of(what, why, fix));
    }

    private Exit change(Job job, KubeApi api, Optional<Duration> until) {
        List<Application> applications = chosen(GitopsLook.applications(api));
        GitopsPause pause = new GitopsPause(api);
        String said = deed == Deed.pause
                ? pause.pause(applications, reason, job.time().now(), until)
                : pause.resume(applications, all);
        job.quiet();
        io.out().print(said);
        return Exit.DONE;
    }

    private Exit look(Job job, GitopsLook look) {
        Picture picture = look.picture(job.time().now(), deed == Deed.status && !noGit);
        GitopsShow show = new GitopsShow(io, common.json(), exitCode, picture, chosen(picture.applications()));
        job.quiet();
        return deed == Deed.status ? show.status() : show.drift(deed == Deed.diff);
    }

    private List<Application> chosen(List<Application> known) {
        List<String> words = known.stream().map(Application::name).toList();
        Near.refuseUnknown(names, words, "Argo CD has no Application", "homelab gitops status");
        return names.isEmpty()
                ? known
                : known.stream().filter(one -> names.contains(one.name())).toList();
    }

    @Override
    public boolean verbose() {
        return common.verbose();
    }
}
