package homelab.architecture.sample.attic;

import homelab.architecture.sample.cellar.Store;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.yaml.snakeyaml.Yaml;

/** Breaks every rule of the house once. Never run. */
public final class Breaker {

    Store calls() {
        return new Store(this, null);
    }

    Yaml imports() {
        return new Yaml();
    }

    void writes() {
        System.out.println();
    }

    void exits() {
        System.exit(0);
    }

    void halts() {
        Runtime.getRuntime().halt(0);
    }

    Instant looksAtTheClock() {
        return Instant.now();
    }

    long looksAtTheOldClock() {
        return System.currentTimeMillis();
    }

    long measures() {
        return System.nanoTime();
    }

    Thread startsAThread() {
        return new Thread(() -> {});
    }

    ExecutorService startsAPool() {
        return Executors.newCachedThreadPool();
    }
}
