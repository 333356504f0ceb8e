package homelab.doctor.host;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Finding;
import homelab.doctor.Verdict;
import homelab.doctor.host.Space.Room;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpaceTest {

    @ParameterizedTest
    @CsvSource({"80, 10, PASS", "81, 10, WARN", "90, 10, WARN", "91, 10, FAIL", "10, 81, WARN", "10, 91, FAIL"})
    void judgesBytesAndFiles(int bytes, int files, Verdict verdict) {
        String df = "bytes / " + bytes + " " + (100 - bytes) + " /\nfiles / " + files + " " + (100 - files) + " /";

        assertThat(of(df).verdict()).isEqualTo(verdict);
    }

    @Test
    void twoPathsOfOneFileSystemAreToldOnce() {
        Finding finding = of("bytes / 95 5 /\nbytes /var/log 95 5 /\nfiles / 1 9 /");

        assertThat(finding.evidence()).containsExactly("/: 95 % of its bytes used, 0 MiB left");
    }

    @Test
    void aFileSystemThatCountsNoFilesHasRoomForThem() {
        assertThat(of("bytes / 50 50 /\nfiles / 0 0 /").verdict()).isEqualTo(Verdict.PASS);
        assertThat(of("bytes / 50 50 /\nfiles / - - /").verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void silenceOfDfIsUnknown() {
        assertThat(of("").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(new HostHouses()
                        .blind(Space.probe(HostHouses.jarvis()))
                        .judge(new Space())
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash -s", "busybox sh -s"})
    void dfIsAskedForBytesAndFiles(String shell, @TempDir Path none) {
        List<Room> rooms = HostHouses.run(Space.probe(HostHouses.jarvis()), shell, none)
                .known()
                .orElseThrow();

        assertThat(rooms)
                .filteredOn(room -> room.path().equals("/"))
                .extracting(Room::kind)
                .contains("bytes", "files");
        assertThat(rooms).allMatch(room -> room.mount().startsWith("/"));
    }

    private static Finding of(String df) {
        return new HostHouses().says(Space.probe(HostHouses.jarvis()), df).judge(new Space());
    }
}
