package dev.catamaran.tool.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catamaran.registry.records.InstanceRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFileTest {

    @TempDir Path folder;

    @Test
    void holdsEveryFieldOfEveryRecordOverridesSecretsAndOldFieldsIncluded() throws IOException {
        RecordSet records = SomeRecords.rich();
        Path file = written(records);

        ExportFile read = ExportFile.read(file);

        assertThat(read.records().table().entries()).isEqualTo(records.table().entries());
        assertThat(read.records().overrides()).isEqualTo(records.overrides());
        assertThat(read.header())
                .isEqualTo(
                        new ExportHeader(
                                "home-1", "1.4.2", 2, 4, 2, 1, records.table().digest().hex()));
        assertThat(ExportFile.looksLike(file)).isTrue();
    }

    @Test
    void canBeReadByItsOwnerOnly() throws IOException {
        assertThat(Files.getPosixFilePermissions(written(SomeRecords.rich())))
                .containsExactlyInAnyOrder(
                        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void refusesAFileThatWasCutOffOrEdited() throws IOException {
        Path file = written(SomeRecords.rich());
        List<String> lines = Files.readAllLines(file);

        Files.write(file, lines.subList(0, lines.size() - 1));
        assertThatThrownBy(() -> ExportFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not hold what its first line says")
                .hasMessageContaining("0 overrides");

        Files.writeString(file, String.join("\n", lines).replace("\"weight\":7.5", "\"weight\":7"));
        assertThatThrownBy(() -> ExportFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut off or edited");
    }

    /** A file without an end of a line must not fill the memory. */
    @Test
    void readsNoLineFurtherThanARecordMayBeLong() throws IOException {
        Path huge = folder.resolve("huge");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(20L << 30);
        }
        assertThatThrownBy(() -> ExportFile.read(huge))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1 is longer than any record");

        Path file = written(SomeRecords.rich());
        Files.writeString(
                file, Files.readAllLines(file).get(0) + "\n" + " ".repeat((16 << 20) + 1));
        assertThatThrownBy(() -> ExportFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2 is longer than any record");
    }

    @Test
    void saysWhichLineIsBroken() throws IOException {
        Path file = written(SomeRecords.rich());
        List<String> lines = Files.readAllLines(file);
        lines.set(2, "{\"kind\":\"servi");
        Files.write(file, lines);

        assertThatThrownBy(() -> ExportFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 3");
    }

    @Test
    void refusesWhatIsNoExportWithoutAStackTraceInTheMessage() throws IOException {
        Path file = folder.resolve("other");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2});
        assertThatThrownBy(() -> ExportFile.read(file)).isInstanceOf(IOException.class);
        assertThat(ExportFile.looksLike(file)).isFalse();

        Files.writeString(file, "");
        assertThatThrownBy(() -> ExportFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no export file");
        Files.writeString(file, "{\"kind\":\"catamaran-export\",\"format\":2}\n");
        assertThatThrownBy(() -> ExportFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 2");
    }

    @Test
    void showsAnInstanceWithItsOverrideLaidOver() {
        InstanceRecord shown =
                SomeRecords.rich()
                        .effective()
                        .entry(SomeRecords.RICH)
                        .orElseThrow()
                        .instances()
                        .get(SomeRecords.OVERRIDDEN);

        assertThat(shown.weight()).isEqualTo(9.0);
        assertThat(shown.enabled()).isFalse();
        assertThat(shown.metadata()).isEqualTo(Map.of("k", "laid over", "l", "w"));
    }

    private Path written(RecordSet records) throws IOException {
        Path file = folder.resolve("export.jsonl");
        ExportFile.write(records, ExportHeader.of(records, "home-1", "1.4.2"), file);
        return file;
    }
}
