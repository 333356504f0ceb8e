package homelab.doctor.gitops;

import homelab.doctor.Item;

/** How a workload replaces its pods. */
record Rollout(Item workload) {

    /** Why it does not go on; empty when it may be under way. */
    String stuck() {
        if (workload.is("spec.paused", "true")) {
            return "its rollout is paused";
        }
        if (workload.is("spec.updateStrategy.type", "OnDelete")) {
            return "its pods change only when they are deleted (OnDelete)";
        }
        if (workload.number("spec.updateStrategy.rollingUpdate.partition").orElse(0L) > 0) {
            return "pods below number "
                    + workload.number("spec.updateStrategy.rollingUpdate.partition")
                            .orElse(0L)
                    + " are kept (partition)";
        }
        if (workload.number("status.observedGeneration").orElse(0L)
                < workload.number("metadata.generation").orElse(0L)) {
            return "the controller of Kubernetes has not seen the change";
        }
        return workload.condition("Progressing")
                .filter(progressing -> progressing.is("status", "False"))
                .map(progressing -> progressing.text("reason") + " " + progressing.text("message"))
                .orElse("");
    }
}
