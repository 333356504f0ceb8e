package homelab.inventory;

import homelab.model.ChartRelease;
import homelab.model.SecretSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code addons.longhorn.backup}: becomes what the chart is told of its backup target, and the Secret that opens it. Names of
 * both: Longhorn 1.11, Setting a Backup Target.
 */
final class BackupSection {
    private static final String SECRET = "homelab-backup-target";

    /** Gives up after about half a minute; the mount options of Longhorn's own documentation. */
    private static final String SOFT = "soft,timeo=330,retrans=3";

    private final Fields fields;
    private final Paths paths;

    private BackupSection(Fields fields, Paths paths) {
        this.fields = fields;
        this.paths = paths;
    }

    /** The release with its backup target; the same when none is wanted. */
    static ChartRelease into(ChartRelease release, Fields longhorn, Paths paths) {
        if (!longhorn.has("backup")) {
            return release;
        }
        BackupSection section = new BackupSection(longhorn.section("backup", Section.BACKUP), paths);
        section.refuseTwoTargets(release);
        return section.fields.has("target")
                ? section.fields
                        .one("target", Kinds.BACKUP_TARGET)
                        .map(target -> section.into(release, target))
                        .orElse(release)
                : release;
    }

    private void refuseTwoTargets(ChartRelease release) {
        if (release.values().containsKey("defaultBackupStore")) {
            fields.mistakes()
                    .add(
                            fields.at(),
                            fields.path() + " is said twice",
                            "the values of the chart have a defaultBackupStore too",
                            "take it out of the values");
        }
    }

    private ChartRelease into(ChartRelease release, String target) {
        boolean bucket = target.startsWith("s3://");
        List<String> strange = bucket ? List.of("nfs-options") : List.of("access-key", "secret-key", "endpoint");
        strange.stream()
                .filter(fields::has)
                .forEach(key -> fields.mistakes()
                        .add(
                                fields.place(key),
                                fields.path(key) + " says nothing here",
                                "the target is " + (bucket ? "a bucket" : "an NFS server, which asks for no key"),
                                "take the line out"));
        return bucket ? bucket(release, target) : server(release, target);
    }

    private ChartRelease bucket(ChartRelease release, String target) {
        Map<String, SecretSource> keys = new LinkedHashMap<>();
        source("access-key").ifPresent(found -> keys.put("AWS_ACCESS_KEY_ID", found));
        source("secret-key").ifPresent(found -> keys.put("AWS_SECRET_ACCESS_KEY", found));
        if (fields.has("endpoint")) {
            fields.one("endpoint", Kinds.URL)
                    .ifPresent(url -> keys.put("AWS_ENDPOINTS", new SecretSource.Said(url.toString())));
        }
        Map<String, Map<String, SecretSource>> secrets = new LinkedHashMap<>(release.secrets());
        secrets.put(SECRET, keys);
        // Longhorn takes the address for a folder only with the slash at its end.
        return told(
                release,
                Map.of("backupTarget", target.replaceAll("/*$", "/"), "backupTargetCredentialSecret", SECRET),
                secrets);
    }

    private Optional<SecretSource> source(String key) {
        if (!fields.has(key)) {
            fields.mistakes()
                    .add(
                            fields.at(),
                            fields.path(key) + " is missing",
                            "a bucket is opened by two keys",
                            "add " + key + ": {env: NAME}");
        }
        return fields.value(key)
                .flatMap(value -> SourceSection.read(fields.path(key), value, fields.mistakes(), paths));
    }

    private ChartRelease server(ChartRelease release, String target) {
        String options = fields.one("nfs-options", Kinds.NFS_OPTIONS, SOFT).orElse(SOFT);
        return told(release, Map.of("backupTarget", target + "?nfsOptions=" + options), release.secrets());
    }

    private static ChartRelease told(
            ChartRelease release, Map<String, Object> store, Map<String, Map<String, SecretSource>> secrets) {
        Map<String, Object> values = new LinkedHashMap<>(release.values());
        values.put("defaultBackupStore", store);
        return new ChartRelease(
                release.name(), release.chart(), release.namespace(), values, secrets, release.images());
    }
}
