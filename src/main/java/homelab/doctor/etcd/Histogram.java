package homelab.doctor.etcd;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often something took how long: by upper bound in seconds, each counting all that were not longer. */
record Histogram(TreeMap<Double, Double> counts) {

    static Histogram of(String name, Map<String, Double> values) {
        Pattern bucket = Pattern.compile(Pattern.quote(name) + "_bucket\\{le=\"([0-9.eE+-]+|\\+Inf)\"}");
        TreeMap<Double, Double> counts = new TreeMap<>();
        values.forEach((key, count) -> {
            Matcher matcher = bucket.matcher(key);
            if (matcher.matches()) {
                String bound = matcher.group(1);
                counts.put(bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound), count);
            }
        });
        return new Histogram(counts);
    }

    double count() {
        return counts.isEmpty() ? 0 : counts.lastEntry().getValue();
    }

    /** What came after an earlier look. */
    Histogram since(Histogram before) {
        TreeMap<Double, Double> later = new TreeMap<>();
        counts.forEach((bound, count) -> later.put(bound, count - before.counts.getOrDefault(bound, 0.0)));
        return new Histogram(later);
    }

    /**
     * The time in seconds that so much of all did not exceed, as Prometheus reckons it: evenly spread within a bucket, and
     * in the last one its lower bound. Empty when nothing was counted.
     *
     * @param share 0.99, say
     */
    OptionalDouble quantile(double share) {
        double wanted = share * count();
        double lowerBound = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
            double upTo = bucket.getValue();
            if (upTo >= wanted && upTo > 0) {
                double within = upTo == below ? 1 : (wanted - below) / (upTo - below);
                boolean last = bucket.getKey().isInfinite();
                return OptionalDouble.of(last ? lowerBound : lowerBound + (bucket.getKey() - lowerBound) * within);
            }
            lowerBound = bucket.getKey();
            below = upTo;
        }
        return OptionalDouble.empty();
    }
}
