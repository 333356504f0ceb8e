package homelab.plan;

import homelab.resource.Resource;

/** A resource at its place in the order of work. */
public record Step(String phase, Target target, Resource resource) {}
