package homelab.drain;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.model.Quantity;
import java.math.BigDecimal;

/** Processor and memory. */
record Room(BigDecimal cpu, BigDecimal memory) {
    static final Room NONE = new Room(BigDecimal.ZERO, BigDecimal.ZERO);

    /** What its containers ask for; those that only prepare and end are left out. */
    static Room wantedBy(JsonNode pod) {
        Room sum = NONE;
        for (JsonNode container : pod.path("spec").path("containers")) {
            sum = sum.plus(of(container.path("resources").path("requests")));
        }
        return sum;
    }

    static Room of(JsonNode quantities) {
        return new Room(quantity(quantities.path("cpu")), quantity(quantities.path("memory")));
    }

    private static BigDecimal quantity(JsonNode text) {
        return Quantity.parse(text.asText()).orElse(BigDecimal.ZERO);
    }

    Room plus(Room other) {
        return new Room(cpu.add(other.cpu), memory.add(other.memory));
    }

    boolean fitsIn(Room whole) {
        return cpu.compareTo(whole.cpu) <= 0 && memory.compareTo(whole.memory) <= 0;
    }
}
