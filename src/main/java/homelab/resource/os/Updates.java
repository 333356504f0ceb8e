package homelab.resource.os;

import homelab.probe.Answer;
import homelab.resource.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What apt would do to a host's packages, by the lists that are there.
 *
 * @param due what would be renewed, or comes new with it
 * @param held whose update is not taken since somebody holds them ({@code apt-mark hold})
 * @param back whose update apt does not take by itself: it would take other packages away, or is handed out by and by
 * @param broken what an installation that was cut off left half done
 * @param atWork whether apt is renewing them right now on behalf of homelab
 */
public record Updates(List<Change> due, List<String> held, List<String> back, List<String> broken, boolean atWork) {
    private static final Pattern INST = Pattern.compile("Inst (\\S+)(?: \\[([^]]*)])? \\((\\S+) .*");

    /** Kernels, firmware and boot loaders of Raspberry Pi OS, Debian and Ubuntu: nothing but a boot brings them into effect. */
    private static final Pattern OF_THE_BOOT = Pattern.compile(
            "linux-image-.*|linux-firmware.*|firmware-.*|raspi-firmware|raspberrypi-(bootloader|kernel)|rpi-eeprom|.*-microcode");

    public Updates {
        due = List.copyOf(due);
        held = List.copyOf(held);
        back = List.copyOf(back);
        broken = List.copyOf(broken);
    }

    /** Whether there is something to be done. */
    public boolean some() {
        return !due.isEmpty() || !broken.isEmpty() || atWork;
    }

    /** Names of those that come into effect by a boot. */
    public List<String> ofTheBoot() {
        return due.stream()
                .map(Change::what)
                .map(what -> what.replaceFirst("^package ", ""))
                .filter(name -> OF_THE_BOOT.matcher(name).matches())
                .toList();
    }

    /** @throws IllegalStateException when apt could not say what it would do */
    static Updates parse(Answer answer) {
        if (!answer.ok() || answer.cut()) {
            throw new IllegalStateException(
                    answer.cut() ? "apt says more than is read" : answer.text().strip());
        }
        List<String> held = words(answer, "hold ");
        List<String> kept = new ArrayList<>(words(answer, "  "));
        List<String> heldBack = kept.stream().filter(held::contains).toList();
        kept.removeAll(heldBack);
        List<String> broken = words(answer, "broken ");
        return new Updates(
                due(answer), heldBack, kept, broken, answer.text().lines().anyMatch("at work"::equals));
    }

    private static List<Change> due(Answer answer) {
        return answer.text()
                .lines()
                .map(INST::matcher)
                .filter(Matcher::matches)
                .map(inst -> new Change(
                        "package " + inst.group(1), inst.group(2) == null ? "absent" : inst.group(2), inst.group(3)))
                .toList();
    }

    /** Of all lines that begin so, the words that follow. */
    private static List<String> words(Answer answer, String begin) {
        return answer.text()
                .lines()
                .filter(line -> line.startsWith(begin))
                .flatMap(line -> Stream.of(line.substring(begin.length()).split(" ")))
                .filter(word -> !word.isBlank())
                .toList();
    }
}
