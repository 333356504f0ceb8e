package homelab.probe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What {@link ProbeShell}'s script wrote, by probe. Reads as far as the output goes; lengths alone divide it. */
final class ProbeFrames {

    sealed interface Frame {}

    /** @param data one byte more than the cap when there was more */
    record Came(int exit, byte[] data) implements Frame {
        Answer answer(int cap) {
            boolean cut = data.length > cap;
            return new Answer(exit, cut ? Arrays.copyOf(data, cap) : data, cut);
        }
    }

    record Killed() implements Frame {}

    record Broken(String why) implements Frame {}

    record Lost() implements Frame {}

    private static final Frame LOST = new Lost();
    private static final String BROKEN = "its answer could not be stored (no room for temporary files on the host?)";

    private final byte[] output;
    private final String nonce;
    private final Map<Integer, Frame> frames = new HashMap<>();
    private final Map<Integer, Integer> exits = new HashMap<>();
    private Optional<String> failed = Optional.empty();
    private boolean killed;
    private int at;

    private ProbeFrames(byte[] output, String nonce) {
        this.output = output;
        this.nonce = nonce;
    }

    static ProbeFrames parse(byte[] output, String nonce) {
        ProbeFrames frames = new ProbeFrames(output, nonce);
        try {
            if (frames.skipTo(nonce + " begin")) {
                frames.readEnds();
            }
        } catch (NumberFormatException | IndexOutOfBoundsException garbled) {
            // What was read until here holds; the rest counts as lost.
        }
        return frames;
    }

    Frame of(int number) {
        Frame all = failed.<Frame>map(Broken::new).orElse(LOST);
        return frames.getOrDefault(number, all);
    }

    /** Whatever a login shell wrote before us is passed over. */
    private boolean skipTo(String mark) {
        Optional<String> line = line();
        while (line.isPresent() && !line.get().endsWith(mark)) {
            line = line();
        }
        return line.isPresent();
    }

    private void readEnds() {
        Optional<String> line = line();
        while (line.isPresent() && !line.get().equals(nonce + " sizes")) {
            readEnd(line.get());
            line = line();
        }
        if (line.isPresent()) {
            readSizes();
        }
    }

    private void readEnd(String line) {
        String[] words = line.split(" ", 3);
        if (words[0].equals("f")) {
            failed = Optional.of(line.substring(2));
        } else if (words[0].equals("g")) {
            killed |= !words[1].equals("0");
        } else if (words[2].equals("-")) {
            frames.put(Integer.valueOf(words[1]), killed ? new Killed() : new Broken(BROKEN));
        } else {
            exits.put(Integer.valueOf(words[1]), Integer.valueOf(words[2]));
        }
    }

    private void readSizes() {
        Map<Integer, Integer> sizes = new LinkedHashMap<>();
        Optional<String> line = line();
        while (line.isPresent() && !line.get().equals(nonce + " data")) {
            String[] words = line.get().strip().split("\\s+");
            if (!words[1].equals("total")) {
                sizes.put(Integer.valueOf(words[1]), Integer.valueOf(words[0]));
            }
            line = line();
        }
        if (line.isPresent()) {
            sizes.forEach(this::readData);
        }
    }

    private void readData(int number, int size) {
        if (at + size <= output.length) {
            int exit = exits.getOrDefault(number, 0);
            frames.put(number, new Came(exit, Arrays.copyOfRange(output, at, at + size)));
        }
        at += size;
    }

    /** The next whole line; nothing when the output ends before its end. */
    private Optional<String> line() {
        for (int end = at; end < output.length; end++) {
            if (output[end] == '\n') {
                String line = new String(output, at, end - at, StandardCharsets.UTF_8);
                at = end + 1;
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }
}
