package homelab.inventory;

import java.util.List;
import java.util.Random;

/** Texts that a shell, YAML or a careless program could take for something else. The same seed gives the same texts. */
public final class OddText {
    private static final List<String> PIECES = List.of(
            "'",
            "\"",
            "\\",
            "$HOME",
            "$(id)",
            "`id`",
            "${x:-y}",
            "!",
            "~",
            "*",
            "?",
            "[a]",
            "{a,b}",
            ";",
            "&",
            "|",
            "<",
            ">",
            "(",
            ")",
            "#",
            " # x",
            ": ",
            "- ",
            "@",
            "%s",
            "%",
            "\n",
            "\r",
            "\t",
            " ",
            "  ",
            "\\n",
            "\\x41",
            "HOMELAB",
            "\nHOMELAB\n",
            "EOF",
            "--",
            "-n",
            "-e x",
            "=",
            ",",
            "yes",
            "no",
            "null",
            "true",
            "0777",
            "1e3",
            "12:34:56",
            "2026-11-23",
            ".inf",
            "0x1F",
            "é",
            "ß",
            "日本",
            "\ud83d\ude00",
            "\u0085",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\u00a0",
            "\u202e",
            "\u0007",
            "\u001b[31m",
            "\u007f",
            "\u0080",
            "\u009b",
            "a",
            "b",
            "Z",
            "9",
            "_",
            "/",
            ".");

    private OddText() {}

    /** Of one to eight pieces; never with NUL, which no argument and no file name can hold. */
    public static String of(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(8);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
