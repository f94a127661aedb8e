package dev.catamaran.registry.v2;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The one file of a group's snapshot, and the check text that stands beside it in JRaft's own list
 * of files (spec: jraft-groups 4.1, 4.2).
 *
 * @param fileName name inside the snapshot's folder
 * @param entryName name inside the archive; readers ignore it
 */
public record SnapshotArchive(String fileName, String entryName) {

    public static final SnapshotArchive INSTANCES =
            new SnapshotArchive("persistent_instance.zip", "instance");
    public static final SnapshotArchive SERVICE_METADATA =
            new SnapshotArchive("service_metadata.zip", "metadata");
    public static final SnapshotArchive INSTANCE_METADATA =
            new SnapshotArchive("instance_metadata.zip", "metadata");

    /** An archive has one entry; a few more do not hurt. */
    private static final int MAX_ENTRIES = 16;

    private static final int CHUNK = 64 * 1024;
    private static final Pattern CHECKSUM =
            Pattern.compile("\"check[sS]um\"\\s*:\\s*\"([0-9a-fA-F]{1,16})\"");

    public SnapshotArchive {
        requireNonNull(fileName, "fileName is null");
        requireNonNull(entryName, "entryName is null");
    }

    /** The archive's bytes; the same body gives the same bytes. */
    public byte[] pack(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry(entryName);
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(body);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The body inside an archive: all its entries, one after the other.
     *
     * @param fileMeta text that JRaft kept beside the file; an empty one skips the check, as on
     *     real nodes
     */
    public static Decoded<byte[]> unpack(byte[] archive, String fileMeta) {
        return Decoded.of(
                () -> {
                    Optional<String> wanted = checksumIn(fileMeta);
                    String found = checksum(archive);
                    if (wanted.isPresent() && !wanted.get().equalsIgnoreCase(found)) {
                        throw new DecodeException(
                                "checksum is " + found + ", not " + wanted.get(), "snapshot");
                    }
                    return inflate(archive, SnapshotBodies.MAX_BYTES);
                });
    }

    static byte[] inflate(byte[] archive, int maxBytes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            int entries = 0;
            while (zip.getNextEntry() != null) {
                entries++;
                if (entries > MAX_ENTRIES) {
                    throw new DecodeException("has too many entries", "snapshot");
                }
                for (int read = zip.read(chunk); read >= 0; read = zip.read(chunk)) {
                    if (body.size() + (long) read > maxBytes) {
                        throw new DecodeException("unpacks to over " + maxBytes, "snapshot");
                    }
                    body.write(chunk, 0, read);
                }
            }
            if (entries == 0) {
                throw new DecodeException("is no zip archive or an empty one", "snapshot");
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DecodeException("is no zip archive: " + e.getMessage(), "snapshot", e);
        }
        return body.toByteArray();
    }

    /** CRC-64 (ECMA-182) of the archive in lower-case hexadecimal without leading zeros. */
    public static String checksum(byte[] archive) {
        return Long.toHexString(Crc64.of(archive));
    }

    /** The text to keep beside the file: JSON that names its checksum. */
    public static String fileMeta(byte[] archive) {
        return "{\"fileMeta\":{\"checksum\":\"" + checksum(archive) + "\"}}";
    }

    private static Optional<String> checksumIn(String fileMeta) {
        Matcher matcher = CHECKSUM.matcher(fileMeta);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
