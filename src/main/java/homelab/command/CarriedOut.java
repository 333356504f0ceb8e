package homelab.command;

import homelab.phase.Phase;
import homelab.plan.Plan;
import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.report.Journal;
import homelab.report.ProblemText;
import homelab.resource.Worst;
import homelab.run.Doing;
import homelab.run.RebootByShell;
import homelab.run.Runner;
import homelab.run.Stop;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * A confirmed plan becomes so, with a journal, and somebody is told how it ended.
 *
 * @param result where the sentence for people goes: with JSON on standard output it stands beside it
 * @param next what to type when all is done
 */
record CarriedOut(Io io, Job job, String verb, Witness witness, PrintStream result, String next) {

    /** @param well the exit when nothing failed */
    Exit of(List<Phase> phases, Plan plan, Stop stop, Instant begin, Supplier<Exit> well) {
        job.loud();
        job.wanted().pin();
        try (Journal journal = Journal.open(RunsCommand.folder(io, job.cluster()), verb, job.time())) {
            job.alsoTell(journal);
            Runner runner = runner(stop, plan.worst().orElse(Worst.WAIT));
            try {
                runner.run(phases, job.workshop().site());
                journal.end(Exit.DONE);
                tellDone(runner.done(), begin, journal);
                return well.get();
            } catch (Failure failure) {
                journal.end(failure.exit());
                tellFailed(failure, runner.done() + " of " + plan.toDo().size(), journal);
                return failure.exit();
            }
        }
    }

    private Runner runner(Stop stop, Worst confirmed) {
        Doing doing = new Doing(
                new Reach(job.time(), job.fetch(), witness),
                new RebootByShell(job.workshop()::reconnect, job.time()),
                job.events(),
                job.time());
        return new Runner(job.workshop(), doing, stop, confirmed);
    }

    private void tellFailed(Failure failure, String done, Journal journal) {
        job.quiet();
        io.err().print(new ProblemText(io.errTerminal()).of(failure.problems()));
        io.err().println(done + " things were done, and stay done");
        io.err().println("journal: " + journal.file());
    }

    private void tellDone(int done, Instant begin, Journal journal) {
        job.quiet();
        Duration took = Duration.between(begin, job.time().now());
        result.println(verb + " " + job.cluster().name() + ": done, " + done + (done == 1 ? " change" : " changes")
                + " in " + took.toSeconds() + " s");
        io.err().println("journal: " + journal.file());
        io.err().println("next:    " + next);
    }
}
