package homelab.run;

import homelab.problem.Exit;
import homelab.problem.Failure;
import homelab.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The same work for several things at the same time; one that fails does not stop the others. */
public final class Parallel {

    /** Either a value or what went wrong. */
    public sealed interface Outcome<R> {
        record Ok<R>(R value) implements Outcome<R> {}

        record Bad<R>(Failure failure) implements Outcome<R> {}
    }

    private Parallel() {}

    /** Outcomes in the order of the things. */
    public static <T, R> Map<T, Outcome<R>> each(Collection<T> things, Function<T, R> work) {
        Map<T, Outcome<R>> outcomes = new LinkedHashMap<>();
        if (things.size() == 1) {
            things.forEach(thing -> outcomes.put(thing, attempt(thing, work)));
            return outcomes;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(things.size(), 32)), Parallel::daemon);
        try {
            Map<T, Future<Outcome<R>>> running = new LinkedHashMap<>();
            things.forEach(thing -> running.put(thing, pool.submit(() -> attempt(thing, work))));
            running.forEach((thing, future) -> outcomes.put(thing, join(future)));
        } finally {
            pool.shutdownNow();
        }
        return outcomes;
    }

    /** @throws Failure with the problems of all that failed, and the gravest exit among them */
    public static <T, R> Map<T, R> allOrFail(Map<T, Outcome<R>> outcomes) {
        Map<T, R> values = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        Exit exit = Exit.DONE;
        for (Map.Entry<T, Outcome<R>> entry : outcomes.entrySet()) {
            if (entry.getValue() instanceof Outcome.Bad<R> bad) {
                problems.addAll(bad.failure().problems());
                failures.add(bad.failure());
                exit = graver(exit, bad.failure().exit());
            } else if (entry.getValue() instanceof Outcome.Ok<R> ok) {
                values.put(entry.getKey(), ok.value());
            }
        }
        if (exit != Exit.DONE) {
            Failure all = new Failure(exit, problems);
            failures.forEach(all::addSuppressed);
            throw all;
        }
        return values;
    }

    private static Exit graver(Exit one, Exit other) {
        return one == Exit.DONE || other == Exit.INTERRUPTED ? other : one == other ? one : Exit.FAILED;
    }

    private static <T, R> Outcome<R> attempt(T thing, Function<T, R> work) {
        try {
            return new Outcome.Ok<>(work.apply(thing));
        } catch (Failure failure) {
            return new Outcome.Bad<>(failure);
        } catch (RuntimeException e) {
            return new Outcome.Bad<>(unexpected(e));
        }
    }

    private static <R> Outcome<R> join(Future<Outcome<R>> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            return new Outcome.Bad<>(unexpected(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Bad<>(new Failure(Exit.INTERRUPTED, Problem.of("interrupted", "", "")));
        }
    }

    private static Failure unexpected(Exception e) {
        Problem problem = Problem.of(
                "homelab met something it does not know",
                String.valueOf(e),
                "run it again with -v and report the trace");
        return new Failure(Exit.FAILED, problem, e);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "homelab-work");
        thread.setDaemon(true);
        return thread;
    }
}
