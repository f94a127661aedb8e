package dev.catamaran.tool.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2JournalTest extends JournalContract {

    @TempDir Path folder;

    @Override
    JournalPlace place() throws IOException {
        return JournalPlace.file(folder.resolve("own").resolve("journal"));
    }

    /** The name that the operating system shows is the one an operator types. */
    @Test
    void mayBeNamedWithOrWithoutItsEnding() throws IOException {
        String id;
        try (Journal journal = Journal.open(place())) {
            id = journal.create("migrate", "w", "h", new TreeMap<>());
        }

        JournalPlace same = JournalPlace.file(folder.resolve("own").resolve("journal.mv.db"));
        try (Journal journal = Journal.openExisting(same)) {
            assertThat(journal.job(id)).isPresent();
        }
        assertThat(folder.resolve("own").resolve("journal.mv.db.mv.db")).doesNotExist();
    }

    @Test
    void isNotMadeByWhoOnlyReadsIt() throws IOException {
        assertThatThrownBy(() -> Journal.openExisting(place()))
                .isInstanceOf(NoJournalException.class)
                .hasMessageContaining("there is no journal of jobs at")
                .hasMessageContaining("--journal");
        assertThat(folder.resolve("own")).doesNotExist();
    }

    @Test
    void saysInALineWhereItCannotBe() throws IOException {
        Path garbage = Files.writeString(folder.resolve("garbage.mv.db"), "no database");
        for (Path place : List.of(Path.of("/proc/nothing"), garbage)) {
            assertThatThrownBy(() -> Journal.open(JournalPlace.file(place)))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("name another journal by --journal")
                    .hasMessageNotContaining("\n");
        }
        assertThatThrownBy(() -> JournalPlace.file(folder))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("is a folder");
        assertThatThrownBy(() -> Journal.open(JournalPlace.file(Path.of("/proc/no/thing"))))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("cannot be made");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(garbage);
        }
    }

    @Test
    void liesInAFolderOfItsOwnerOnly() throws IOException {
        Journal.open(place()).close();

        assertThat(Files.getPosixFilePermissions(folder.resolve("own")))
                .containsExactlyInAnyOrder(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE);
        assertThat(folder.resolve("own").resolve("journal.mv.db")).exists();
    }
}
