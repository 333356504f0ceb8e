package homelab.run;

/** What doing a step takes. */
public record Doing(Deeds deeds, Reboots reboots, Events events, Time time) {}
