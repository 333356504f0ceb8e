package homelab.backup;

import com.fasterxml.jackson.databind.JsonNode;
import homelab.json.JsonAnswer;

/** What the claim of a copy is like, if it is there still; else what one of local-path usually is. */
public record OldClaim(String storageClass, String size) {
    private static final OldClaim USUAL = new OldClaim("local-path", "1Gi");

    /**
     * @param claims as the API lists them
     * @param name {@code NAMESPACE/CLAIM}
     */
    public static OldClaim of(String claims, String name) {
        for (JsonNode claim : JsonAnswer.tree(claims).path("items")) {
            JsonNode about = claim.path("metadata");
            if (name.equals(
                    about.path("namespace").asText() + "/" + about.path("name").asText())) {
                JsonNode spec = claim.path("spec");
                return new OldClaim(
                        spec.path("storageClassName").asText(USUAL.storageClass),
                        spec.path("resources").path("requests").path("storage").asText(USUAL.size));
            }
        }
        return USUAL;
    }
}
