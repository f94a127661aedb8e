package dev.catamaran.tool.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2JournalTest extends JournalContract {

    @TempDir Path folder;

    @Override
    JournalPlace place() throws IOException {
        return JournalPlace.file(folder.resolve("own").resolve("journal"));
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
