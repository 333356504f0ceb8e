package homelab.architecture.sample;

/** Stands where Main stands. */
public final class Entry {}
