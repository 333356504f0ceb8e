package homelab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** Gives stories the lab that they share and its {@link Homelab}, or one of their own; skips them, with why, where there can be none. */
final class InLab implements ExecutionCondition, ParameterResolver, TestWatcher {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(InLab.class);

    /** A condition and no assumption: of a class that breaks off before its first test the reports say nothing. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String missing = store(context).computeIfAbsent("missing", key -> Lab.missing(), String.class);
        return missing.isEmpty()
                ? ConditionEvaluationResult.enabled("this machine can have a laboratory")
                : ConditionEvaluationResult.disabled(
                        "this machine can have no laboratory (cli/lab doctor): " + missing);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return List.of(Lab.class, Homelab.class, Labs.class, WholeCluster.class).contains(type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Labs labs = store(context).computeIfAbsent("labs", key -> new Labs(), Labs.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == Labs.class) {
            return labs;
        }
        if (type == WholeCluster.class) {
            return labs.whole();
        }
        Lab lab = labs.shared();
        return type == Lab.class
                ? lab
                : user(lab, context.getRequiredTestClass().getSimpleName());
    }

    /** Without this a host that restarted k3s of itself could not be told from a defect in the program. */
    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        Labs labs = store(context).get("labs", Labs.class);
        if (labs != null) {
            System.err.println(context.getDisplayName() + " failed; k3s on the lab:\n"
                    + labs.current().lifeOfK3s());
        }
    }

    /** The user of a lab in a story, with nothing of an earlier run. */
    static Homelab user(Lab lab, String story) {
        return Homelab.of(lab, emptied(Path.of("target/stories", story).toAbsolutePath()));
    }

    /** Kept after the story, to read what happened. */
    private static Path emptied(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.sorted(Comparator.reverseOrder())
                            .forEach(file -> file.toFile().delete());
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getRoot().getStore(HERE);
    }
}
