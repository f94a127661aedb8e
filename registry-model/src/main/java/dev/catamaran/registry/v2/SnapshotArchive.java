package dev.catamaran.registry.v2;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
 * @param entryName name inside the archive, which readers ignore; of a folder, with a slash at its
 *     end, when the archive holds files
 * @param checksumName name of the checksum in the check text
 */
public record SnapshotArchive(String fileName, String entryName, String checksumName) {

    public static final SnapshotArchive INSTANCES =
            new SnapshotArchive("persistent_instance.zip", "instance", "checksum");
    public static final SnapshotArchive SERVICE_METADATA =
            new SnapshotArchive("service_metadata.zip", "metadata", "checksum");
    public static final SnapshotArchive INSTANCE_METADATA =
            new SnapshotArchive("instance_metadata.zip", "metadata", "checksum");

    /** The key-value group's: one file per key. */
    public static final SnapshotArchive KEY_VALUES =
            new SnapshotArchive("naming_persistent.zip", "naming_persistent/", "checksum");

    /** The embedded database's: a backup of Derby. */
    public static final SnapshotArchive CONFIG =
            new SnapshotArchive("derby_data.zip", "derby_data/", "checkSum");

    /** The locks' of 3.x. */
    public static final SnapshotArchive LOCKS =
            new SnapshotArchive("nacos_lock.zip", "lock", "checksum");

    /** An archive of one body has one entry; a few more do not hurt. */
    private static final int MAX_ENTRIES = 16;

    /** Most files of one archive: twice what a home of 100,000 services has. */
    private static final int MAX_FILES = 400_000;

    /** Longest name of a file with its folders. */
    private static final int MAX_PATH = 1_024;

    /**
     * How many times its size an archive unpacks to at most. Instances shrink to an eleventh,
     * services to a fifteenth, the JSON of 50,000 instances that differ in one digit to a 57th; a
     * bomb to a thousandth.
     */
    private static final int MAX_RATIO = 200;

    /** What an archive may unpack to whatever its size. */
    private static final int SMALL_BODY = 1024 * 1024;

    /** The same of files, which are no tree; a new database has megabytes of zeros. */
    private static final int SMALL_FILES = 64 * 1024 * 1024;

    private static final int CHUNK = 8 * 1024;
    private static final Pattern CHECKSUM =
            Pattern.compile("\"check[sS]um\"\\s*:\\s*\"([0-9a-fA-F]{1,16})\"");

    private static final String WHERE = "snapshot";

    public SnapshotArchive {
        requireNonNull(fileName, "fileName is null");
        requireNonNull(entryName, "entryName is null");
        requireNonNull(checksumName, "checksumName is null");
    }

    /** The archive's bytes; the same body gives the same bytes. */
    public byte[] pack(byte[] body) {
        return zip(Map.of(entryName, body));
    }

    /**
     * The bytes of an archive of files; the same files give the same bytes.
     *
     * @param files content by name, without the archive's own folder
     */
    public byte[] packFiles(Map<String, byte[]> files) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        files.forEach((name, content) -> entries.put(entryName + name, content));
        return zip(entries);
    }

    private static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> named : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(named.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(named.getValue());
                zip.closeEntry();
            }
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
                    check(archive, fileMeta);
                    return inflate(archive, most(archive, SMALL_BODY));
                });
    }

    /**
     * The files inside an archive of files, by name without the archive's own folder. A name that
     * leads out of that folder refuses the whole archive.
     */
    public Decoded<SortedMap<String, byte[]>> unpackFiles(byte[] archive, String fileMeta) {
        return Decoded.of(
                () -> {
                    check(archive, fileMeta);
                    return Collections.unmodifiableSortedMap(
                            inflateFiles(archive, most(archive, SMALL_FILES)));
                });
    }

    /** Most bytes that an archive of that size may unpack to. */
    private static int most(byte[] archive, int small) {
        return (int) Math.min(SnapshotBodies.MAX_BYTES, small + (long) MAX_RATIO * archive.length);
    }

    private static void check(byte[] archive, String fileMeta) {
        Optional<String> wanted = checksumIn(fileMeta);
        String found = checksum(archive);
        if (wanted.isPresent() && !wanted.get().equalsIgnoreCase(found)) {
            throw new DecodeException("checksum is " + found + ", not " + wanted.get(), WHERE);
        }
    }

    static byte[] inflate(byte[] archive, int maxBytes) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int entries =
                each(
                        archive,
                        MAX_ENTRIES,
                        (entry, zip) -> copy(zip, body, maxBytes - body.size(), maxBytes));
        if (entries == 0) {
            throw new DecodeException("is no zip archive or an empty one", WHERE);
        }
        return body.toByteArray();
    }

    SortedMap<String, byte[]> inflateFiles(byte[] archive, int maxBytes) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        int[] left = {maxBytes};
        each(
                archive,
                MAX_FILES,
                (entry, zip) -> {
                    String name = inside(entry.getName());
                    ByteArrayOutputStream content = new ByteArrayOutputStream();
                    copy(zip, content, left[0], maxBytes);
                    left[0] -= content.size();
                    if (entry.isDirectory()) {
                        return;
                    }
                    if (files.put(name, content.toByteArray()) != null) {
                        throw new DecodeException("has a file twice: " + name, WHERE);
                    }
                });
        return files;
    }

    private String inside(String path) {
        boolean odd =
                path.length() > MAX_PATH
                        || !path.startsWith(entryName)
                        || path.indexOf('\\') >= 0
                        || path.indexOf('\0') >= 0
                        || path.contains("//");
        if (odd || hasDots(path)) {
            throw new DecodeException("has a file outside its folder: " + path, WHERE);
        }
        return path.substring(entryName.length());
    }

    private static boolean hasDots(String path) {
        for (String step : path.split("/", -1)) {
            if (step.equals(".") || step.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private interface EntryReader {
        void read(ZipEntry entry, ZipInputStream zip) throws IOException;
    }

    /** Reads all entries and tells how many there were. */
    private static int each(byte[] archive, int maxEntries, EntryReader reader) {
        int entries = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries++;
                if (entries > maxEntries) {
                    throw new DecodeException("has more than " + maxEntries + " entries", WHERE);
                }
                reader.read(entry, zip);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DecodeException("is no zip archive: " + e.getMessage(), WHERE, e);
        }
        return entries;
    }

    /** Reads one entry, and no more than {@code left} bytes of it. */
    private static void copy(ZipInputStream zip, ByteArrayOutputStream to, int left, int maxBytes)
            throws IOException {
        byte[] chunk = new byte[Math.min(CHUNK, left + 1)];
        long room = left;
        for (int read = zip.read(chunk); read >= 0; read = zip.read(chunk)) {
            room -= read;
            if (room < 0) {
                throw new DecodeException("unpacks to over " + maxBytes + " bytes", WHERE);
            }
            to.write(chunk, 0, read);
        }
    }

    /** CRC-64 (ECMA-182) of the archive in lower-case hexadecimal without leading zeros. */
    public static String checksum(byte[] archive) {
        return Long.toHexString(Crc64.of(archive));
    }

    /** The text to keep beside the file of any group but the embedded database's. */
    public static String fileMeta(byte[] archive) {
        return INSTANCES.metaOf(archive);
    }

    /** The text to keep beside this group's file: JSON that names its checksum. */
    public String metaOf(byte[] archive) {
        return "{\"fileMeta\":{\"" + checksumName + "\":\"" + checksum(archive) + "\"}}";
    }

    private static Optional<String> checksumIn(String fileMeta) {
        Matcher matcher = CHECKSUM.matcher(fileMeta);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
