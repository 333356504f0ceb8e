package homelab.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.probe.Reading;
import java.util.List;

/** A check of what the API lists. It judges only when all that it needs was listed. */
public interface ApiCheck extends Check {

    @Override
    List<Listing> listings();

    /** Those without which nothing can be judged. */
    default List<Listing> needed() {
        return listings();
    }

    /** What is told where the cluster has no such kind. */
    default String without() {
        return "the cluster has no such objects";
    }

    /** Judges what was listed. */
    List<Finding> found(House house);

    @Override
    default List<Finding> judge(House house) {
        for (Listing listing : needed()) {
            if (house.list(listing) instanceof Reading.Unknown<List<JsonNode>> unknown) {
                return List.of(
                        unknown.why().equals(Listing.NOT_INSTALLED)
                                ? absent("cluster", without())
                                : unknown("cluster", listing.name() + ": " + unknown.why()));
            }
        }
        return found(house);
    }

    /** These; or, where there is nothing to tell, that all is well. */
    default List<Finding> orPass(List<Finding> findings, String well) {
        return findings.isEmpty() ? List.of(pass("cluster", well)) : findings;
    }
}
