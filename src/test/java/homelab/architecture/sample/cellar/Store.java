package homelab.architecture.sample.cellar;

import homelab.architecture.sample.Entry;
import homelab.architecture.sample.attic.Breaker;

/** Calls back whoever calls it, and the root. */
public record Store(Breaker back, Entry entry) {}
