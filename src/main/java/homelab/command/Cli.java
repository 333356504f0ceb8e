package homelab.command;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import homelab.report.ProblemText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** From arguments to an outcome: the very way that {@code Main} and every test take. */
public final class Cli {
    private final Io io;

    public Cli(Io io) {
        this.io = io;
    }

    public Exit run(String... args) {
        if (args.length == 0 || args[0].equals("-h") || args[0].equals("--help") || args[0].equals("help")) {
            return help(Arrays.asList(args));
        }
        if (args[0].equals("-V") || args[0].equals("--version")) {
            io.out().println("homelab " + Version.text());
            return written(Exit.DONE);
        }
        return Verb.of(args[0])
                .map(verb -> run(verb, Arrays.copyOfRange(args, 1, args.length)))
                .orElseGet(() -> unknown(args[0]));
    }

    private Exit help(List<String> args) {
        Optional<Verb> about = args.size() < 2 ? Optional.empty() : Verb.of(args.get(1));
        if (about.isPresent()) {
            return run(about.get(), "--help");
        }
        io.out().print(RootHelp.text());
        return written(Exit.DONE);
    }

    private Exit run(Verb verb, String... args) {
        Command command = verb.make(io);
        CommandLine line = new CommandLine(command)
                .setCommandName("homelab " + verb.word())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(Math.max(55, Math.min(io.outTerminal().width(), 100)));
        try {
            line.parseArgs(args);
            if (line.isUsageHelpRequested()) {
                line.usage(io.out());
                return written(Exit.DONE);
            }
            return written(command.call());
        } catch (ParameterException e) {
            return tell(Exit.USAGE, List.of(usage(verb, e)));
        } catch (Failure failure) {
            trace(command, failure);
            return tell(failure.exit(), failure.problems());
        } catch (RuntimeException e) {
            trace(command, e);
            return tell(Exit.FAILED, List.of(unexpected(command, e)));
        }
    }

    private static Problem usage(Verb verb, ParameterException e) {
        List<String> near =
                e instanceof CommandLine.UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String hint = near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ";
        return Problem.of(
                String.valueOf(e.getMessage()), "", hint + "homelab " + verb.word() + " --help shows what there is");
    }

    private static Problem unexpected(Command command, RuntimeException e) {
        return Problem.of(
                "homelab met something it does not know",
                String.valueOf(e),
                command.verbose() ? "please report the trace above" : "run it again with -v and report the trace");
    }

    private void trace(Command command, Exception e) {
        if (command.verbose()) {
            e.printStackTrace(io.err());
        }
    }

    private Exit unknown(String word) {
        String verbs = Arrays.stream(Verb.values()).map(Verb::word).collect(Collectors.joining(", "));
        String near = Near.word(
                        word, Arrays.stream(Verb.values()).map(Verb::word).toList())
                .map(verb -> "did you mean " + verb + "? ")
                .orElse("");
        return tell(
                Exit.USAGE, List.of(Problem.of("there is no command '" + word + "'", "", near + "there are " + verbs)));
    }

    private Exit tell(Exit exit, List<Problem> problems) {
        io.err().print(new ProblemText(io.errTerminal()).of(problems));
        return written(exit);
    }

    /** A result that could not be written whole is not a success. */
    private Exit written(Exit exit) {
        boolean lost = io.out().checkError();
        io.err().flush();
        if (lost && exit == Exit.DONE) {
            io.err().println("homelab: standard output was closed before everything was written");
            return Exit.FAILED;
        }
        return exit;
    }
}
