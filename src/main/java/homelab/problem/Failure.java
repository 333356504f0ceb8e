package homelab.problem;

import java.util.List;

/** Carries problems up to where they are told. Its message is for the log; people see the problems. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Exit exit;
    private final transient List<Problem> problems;

    public Failure(Exit exit, List<Problem> problems) {
        super(problems.isEmpty() ? exit.name() : problems.get(0).what());
        this.exit = exit;
        this.problems = List.copyOf(problems);
    }

    public Failure(Exit exit, Problem problem) {
        this(exit, List.of(problem));
    }

    /** The cause goes to the log only. */
    public Failure(Exit exit, Problem problem, Throwable cause) {
        this(exit, problem);
        initCause(cause);
    }

    public Exit exit() {
        return exit;
    }

    public List<Problem> problems() {
        return problems;
    }
}
