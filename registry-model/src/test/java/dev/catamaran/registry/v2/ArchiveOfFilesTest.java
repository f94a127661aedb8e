package dev.catamaran.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.decode.Decoded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive of the key-value group: a folder of files (spec: jraft-groups 4.1). */
class ArchiveOfFilesTest {

    private static final SnapshotArchive ARCHIVE = SnapshotArchive.KEY_VALUES;

    @Test
    void filesComeBackByTheNamesTheyWerePackedWith() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("com.alibaba.nacos.naming.iplist.public##G@@s", bytes("one"));
        files.put("ns/com.alibaba.nacos.naming.domains.meta.ns##G@@s", bytes("two"));
        byte[] archive = ARCHIVE.packFiles(files);
        SortedMap<String, byte[]> back =
                ARCHIVE.unpackFiles(archive, ARCHIVE.metaOf(archive)).orThrow();

        assertThat(back.keySet()).isEqualTo(files.keySet());
        files.forEach((name, content) -> assertThat(back.get(name)).isEqualTo(content));
        assertThat(ARCHIVE.packFiles(files)).isEqualTo(archive);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "naming_persistent/../../evil",
                "naming_persistent/a/../../../evil",
                "naming_persistent/./evil",
                "naming_persistent//etc/passwd",
                "naming_persistent/..",
                "naming_persistent/a\\..\\..\\evil",
                "/etc/passwd",
                "C:\\evil",
                "elsewhere/evil",
                "naming_persistent",
                "naming_persistent/nul\0byte"
            })
    void aPathThatLeavesTheFolderRefusesTheWholeArchive(String path) throws IOException {
        byte[] archive = zip("naming_persistent/good", path);

        assertThat(refusal(archive)).contains("has a file outside its folder");
        assertThat(ARCHIVE.unpackFiles(zip("naming_persistent/good"), "").orThrow())
                .containsOnlyKeys("good");
    }

    @Test
    void aPathThatIsTooLongIsRefused() throws IOException {
        assertThat(refusal(zip("naming_persistent/" + "n".repeat(1_024))))
                .contains("has a file outside its folder");
    }

    @Test
    void filesThatUnpackToTooMuchTogetherAreRefused() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 9; i++) {
            files.put("f" + i, new byte[1024 * 1024]);
        }
        byte[] bomb = ARCHIVE.packFiles(files);

        assertThat(bomb).hasSizeLessThan(32 * 1024);
        assertThat(ARCHIVE.inflateFiles(bomb, 9 * 1024 * 1024)).hasSize(9);
        assertThat(Decoded.of(() -> ARCHIVE.inflateFiles(bomb, 8 * 1024 * 1024)))
                .isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void anArchiveWhoseChecksumIsAnotherIsRefused() throws IOException {
        byte[] archive = zip("naming_persistent/good");
        Decoded<?> decoded = ARCHIVE.unpackFiles(archive, ARCHIVE.metaOf(new byte[] {1}));

        assertThat(((Decoded.Refused<?>) decoded).refusal().toString()).contains("checksum is");
    }

    private static String refusal(byte[] archive) {
        Decoded<?> decoded = ARCHIVE.unpackFiles(archive, "");
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        return ((Decoded.Refused<?>) decoded).refusal().toString();
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(bytes(name));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
