package dev.catamaran.tool.rebuild.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {

    @TempDir Path folder;

    /** Files with holes: their copies would fill the disk, they themselves do not. */
    private HomeLayout home(String name, double share) throws IOException {
        Path log = folder.resolve(name).resolve("data/protocol/raft/g/log");
        Files.createDirectories(log);
        long free = Files.getFileStore(folder).getUsableSpace();
        try (RandomAccessFile file =
                new RandomAccessFile(log.resolve("000001.blob").toFile(), "rw")) {
            file.setLength((long) (free * share));
        }
        return HomeLayout.of(folder.resolve(name));
    }

    @Test
    void homesThatFitOneByOneMustFitTogetherOnTheirDisk() throws IOException {
        HomeLayout first = home("n1", 0.6);
        HomeLayout second = home("n2", 0.6);

        assertThat(Room.check(List.of(first))).isEmpty();
        assertThat(Room.check(List.of(second))).isEmpty();
        assertThat(Room.check(List.of(first, second)))
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.code()).isEqualTo("no-room");
                            assertThat(finding.where()).contains("n1/data", "n2/data");
                            assertThat(Finding.anyRefuses(List.of(finding))).isTrue();
                        });
    }
}
