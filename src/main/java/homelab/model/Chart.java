package homelab.model;

import java.net.URI;
import java.nio.file.Path;

/** Which chart, and where it is had. The version is exact: a range would make a second run do something else. */
public sealed interface Chart {

    /** As its Chart.yaml says it. */
    String name();

    String version();

    /** @param repo the folder of an {@code index.yaml} */
    record Repository(URI repo, String name, String version) implements Chart {}

    /** @param reference host and path without scheme and tag, {@code ghcr.io/example/charts/whoami} */
    record Registry(String reference, String version) implements Chart {
        @Override
        public String name() {
            return reference.substring(reference.lastIndexOf('/') + 1);
        }
    }

    /** @param path whose file name is as {@code helm package} makes it: {@code NAME-VERSION.tgz} */
    record Archive(Path path, String name, String version) implements Chart {}

    /** The name of the packed chart's file. */
    default String file() {
        return name() + "-" + version() + ".tgz";
    }
}
