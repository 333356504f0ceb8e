package homelab.command;

import picocli.CommandLine.Option;

/** The options that every verb takes whose results are text or JSON. */
final class Common extends Usual {

    /** How results are written. */
    enum Format {
        text,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text (default) or json.")
    private Format format = Format.text;

    boolean json() {
        return format == Format.json;
    }
}
