package homelab.lab;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * The turn of the stories: who can go on with the hosts of the one before does so, since bare hosts and a new cluster
 * take most of a minute. Each can run alone too. What is not here comes last.
 */
public final class InTurn implements ClassOrderer {
    private static final List<Class<?>> ALONE = List.of(LabToolStory.class); // as long as no lab is up
    private static final List<Class<?>> BARE = List.of(
            BadDaysStory.class,
            BadMirrorsStory.class,
            PreflightStory.class,
            FirewallStory.class,
            InterruptionStory.class,
            EndsStory.class);
    private static final List<Class<?>> PAIR = List.of(
            FirstClusterStory.class,
            AddonsStory.class,
            OwnersStory.class,
            BundledStory.class,
            HardenStory.class,
            RecoverStory.class,
            RecoverGatesStory.class,
            JoinStory.class, // which adds a host
            KubeconfigStory.class,
            OutputStory.class,
            RunsStory.class,
            RebootStory.class,
            OsUpgradeStory.class,
            SnapshotStory.class,
            BackupStory.class,
            TokenStory.class,
            LossStory.class, // which takes new hosts
            RemoveStory.class, // which takes a host away
            UpgradeStory.class); // after which there is another release
    private static final List<Class<?>> OWN = List.of(FirewallBesideStory.class, DatastoreStory.class);
    private static final List<Class<?>> FIVE = List.of(ServersStory.class, AdoptStory.class);
    private static final List<Class<?>> WHOLE = List.of(StorageStory.class, GitopsStory.class);

    private static final List<Class<?>> TURN =
            Stream.of(ALONE, BARE, PAIR, OWN, FIVE, WHOLE).flatMap(List::stream).toList();

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(Comparator.comparingInt(story -> place(story.getTestClass())));
    }

    private static int place(Class<?> story) {
        int place = TURN.indexOf(story);
        return place < 0 ? TURN.size() : place;
    }
}
