package homelab.doctor.etcd;

import java.time.Duration;

/** How often a schedule of cron comes round, roughly: enough to say that one was missed. */
final class Schedule {
    /** k3s's own (k3s docs, "etcd-snapshot"). */
    static final String USUAL = "0 */12 * * *";

    private Schedule() {}

    /** A week where it is not each so many hours, or each day at an hour. */
    static Duration every(String cron) {
        String[] fields = cron.strip().split("\\s+");
        if (cron.startsWith("@hourly")) {
            return Duration.ofHours(1);
        }
        if (cron.startsWith("@daily") || cron.startsWith("@midnight")) {
            return Duration.ofDays(1);
        }
        boolean eachDay = fields.length == 5 && fields[2].equals("*") && fields[3].equals("*") && fields[4].equals("*");
        if (eachDay && fields[1].matches("\\*/\\d{1,2}")) {
            return Duration.ofHours(Math.max(1, Long.parseLong(fields[1].substring(2))));
        }
        if (eachDay && fields[1].equals("*")) {
            return Duration.ofHours(1);
        }
        return eachDay ? Duration.ofDays(1) : Duration.ofDays(7);
    }
}
