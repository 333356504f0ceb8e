package homelab.model;

/** A Kubernetes taint, written {@code key=value:Effect} or {@code key:Effect}. */
public record Taint(String key, String value, Effect effect) {

    /** What happens to pods that do not tolerate the taint; spelt as Kubernetes spells it. */
    public enum Effect {
        NoSchedule,
        PreferNoSchedule,
        NoExecute
    }

    public Taint {
        new Label(key, value); // the same rules hold
    }

    /** @throws IllegalArgumentException when the text is not a taint */
    public static Taint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'" + text + "' is not a taint such as dedicated=storage:NoSchedule");
        }
        String left = text.substring(0, colon);
        int equals = left.indexOf('=');
        String key = equals < 0 ? left : left.substring(0, equals);
        return new Taint(key, equals < 0 ? "" : left.substring(equals + 1), effect(text.substring(colon + 1)));
    }

    private static Effect effect(String text) {
        for (Effect effect : Effect.values()) {
            if (effect.name().equals(text)) {
                return effect;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not an effect; there are NoSchedule, PreferNoSchedule and NoExecute");
    }

    @Override
    public String toString() {
        return key + (value.isEmpty() ? "" : "=" + value) + ":" + effect;
    }
}
