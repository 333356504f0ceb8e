package homelab.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.concurrent.Executors;

/** The rules of the house for classes below a root package, so that they can be tried on samples that break them. */
record Rules(String root) {

    /** @param rooms those that the room may call, besides itself */
    ArchRule calls(String room, Set<String> rooms) {
        return noClasses()
                .that(in(room))
                .should()
                .dependOnClassesThat(describe("are in a room that " + room + " may not call", other -> {
                    String name = roomOf(other);
                    return !name.equals(FOREIGN) && !name.equals(room) && !rooms.contains(name);
                }))
                .allowEmptyShould(true);
    }

    ArchRule everyClassIsInOneOf(Set<String> rooms) {
        return classes()
                .should()
                .resideInAnyPackage(rooms.stream().map(this::packagesOf).toArray(String[]::new));
    }

    ArchRule noCycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    /** Packages that begin so are for these rooms alone. */
    ArchRule imports(String library, Set<String> rooms) {
        return noClasses().that(notIn(rooms)).should().dependOnClassesThat().resideInAPackage(library + "..");
    }

    /** Nothing but the JDK's own packages, the house's that {@link #calls} judges, and the marks for null. */
    ArchRule importsNoLibrary(String room) {
        return classes()
                .that(in(room))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", root + "..")
                .allowEmptyShould(true);
    }

    ArchRule writesToStandardStreams(Set<String> rooms) {
        return noClasses()
                .that(notIn(rooms))
                .should()
                .accessFieldWhere(describe(
                        "System.out, err or in",
                        (JavaFieldAccess access) ->
                                isOfSystem(access) && Set.of("out", "err", "in").contains(access.getName())));
    }

    ArchRule endsTheProgram(Set<String> rooms) {
        return noClasses()
                .that(notIn(rooms))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class);
    }

    /** Durations may be measured anywhere with {@code nanoTime}; what time it is, is asked of a clock. */
    ArchRule asksWhatTimeItIs(Set<String> rooms) {
        return noClasses()
                .that(notIn(rooms))
                .should()
                .callMethodWhere(describe(
                        "the system's clock",
                        call -> call.getTargetOwner().getPackageName().equals("java.time")
                                        && Set.of("now", "systemUTC", "systemDefaultZone")
                                                .contains(call.getName())
                                || isOfSystem(call) && call.getName().equals("currentTimeMillis")));
    }

    ArchRule startsThreads(Set<String> rooms) {
        return noClasses()
                .that(notIn(rooms))
                .should()
                .callConstructorWhere(
                        describe("a new thread", call -> call.getTargetOwner().isAssignableTo(Thread.class)))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Executors.class);
    }

    private static final String FOREIGN = "";

    /** The name of the room that a class is in; "Main" for the root itself, nothing for what is not ours. */
    private String roomOf(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(root)) {
            return "Main";
        }
        return name.startsWith(root + ".") ? name.substring(root.length() + 1).split("\\.")[0] : FOREIGN;
    }

    private String packagesOf(String room) {
        return room.equals("Main") ? root : root + "." + room + "..";
    }

    private DescribedPredicate<JavaClass> in(String room) {
        return describe("are in " + room, type -> roomOf(type).equals(room));
    }

    private DescribedPredicate<JavaClass> notIn(Set<String> rooms) {
        return describe("are not in " + rooms, type -> !rooms.contains(roomOf(type)));
    }

    private static boolean isOfSystem(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(System.class);
    }
}
