package dev.catamaran.tool.records;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of records: a header line, then one line of JSON each ({@code docs/tool/export.md}).
 * Written by {@code export}, read by {@code migrate} and {@code verify}.
 *
 * @param header the first line
 * @param records what the lines after it hold; agrees with the header
 */
public record ExportFile(ExportHeader header, RecordSet records) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Names and counts. */
    private static final int MAX_HEADER = 64 << 10;

    /** No record is longer: servers refuse requests of a tenth of it. */
    private static final int MAX_LINE = 16 << 20;

    public ExportFile {
        requireNonNull(header, "header is null");
        requireNonNull(records, "records is null");
    }

    /**
     * Writes the file whole or not at all: beside its place first, synced, then moved. Only its
     * owner can read it, because health checkers may hold passwords.
     *
     * @throws IOException if it cannot be written; nothing was left at {@code file} then
     */
    public static void write(RecordSet records, ExportHeader header, Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(beside);
            if (Files.getFileStore(beside.toAbsolutePath().getParent())
                    .supportsFileAttributeView("posix")) {
                Files.createFile(
                        beside,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
            }
            try (BufferedWriter out = Files.newBufferedWriter(beside, StandardCharsets.UTF_8)) {
                write(records, header, out);
            }
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    /**
     * Writes the lines of a file.
     *
     * @throws IOException if they cannot be written
     */
    public static void write(RecordSet records, ExportHeader header, Appendable out)
            throws IOException {
        out.append(line(header)).append('\n');
        RecordWriter.write(records, out);
    }

    /**
     * Reads a file and checks it against its header.
     *
     * @throws IOException if it cannot be read, is no such file, or does not hold what its header
     *     says; the message names what and where
     */
    public static ExportFile read(Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            BoundedLines lines = new BoundedLines(in, file);
            String first = lines.next(MAX_HEADER);
            ExportHeader header = header(first == null ? "" : first, file);
            RecordReader reader = new RecordReader();
            String line = lines.next(MAX_LINE);
            for (int number = 2; line != null; number++) {
                try {
                    reader.add(line);
                } catch (IOException e) {
                    throw new IOException(
                            file + " line " + number + ": " + e.getMessage(), e.getCause());
                }
                line = lines.next(MAX_LINE);
            }
            RecordSet records = reader.records();
            ExportHeader found = ExportHeader.of(records, header.source(), header.version());
            if (!found.equals(header)) {
                throw new IOException(
                        file
                                + " does not hold what its first line says: "
                                + header.text()
                                + ". It holds "
                                + found.text()
                                + ". It was cut off or edited: export it again");
            }
            return new ExportFile(header, records);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8 text, so it is no export file", e);
        }
    }

    /** Whether the file begins as an export does; a cheap look, not a check. */
    public static boolean looksLike(Path file) throws IOException {
        byte[] head = new byte[64];
        int length;
        try (java.io.InputStream in = Files.newInputStream(file)) {
            length = in.readNBytes(head, 0, head.length);
        }
        return new String(head, 0, length, StandardCharsets.UTF_8)
                .startsWith("{\"kind\":\"" + RecordForm.HEADER + "\"");
    }

    private static String line(ExportHeader header) {
        ObjectNode node = JSON.createObjectNode();
        node.put("kind", RecordForm.HEADER);
        node.put("format", RecordForm.VERSION);
        node.put("source", header.source());
        node.put("version", header.version());
        node.put("services", header.services());
        node.put("clusters", header.clusters());
        node.put("instances", header.instances());
        node.put("overrides", header.overrides());
        node.put("digest", header.digest());
        return node.toString();
    }

    private static ExportHeader header(String line, Path file) throws IOException {
        try {
            JsonNode node = JSON.readTree(line);
            if (!node.path("kind").asString("").equals(RecordForm.HEADER)) {
                throw new IOException(
                        file + " is no export file: its first line is not an export header");
            }
            int format = node.path("format").asInt(0);
            if (format != RecordForm.VERSION) {
                throw new IOException(
                        file
                                + " has export format "
                                + format
                                + ", this tool reads "
                                + RecordForm.VERSION
                                + ": use the tool that wrote it");
            }
            return new ExportHeader(
                    node.path("source").asString(""),
                    node.path("version").asString(""),
                    node.path("services").asInt(-1),
                    node.path("clusters").asInt(-1),
                    node.path("instances").asInt(-1),
                    node.path("overrides").asInt(-1),
                    node.path("digest").asString(""));
        } catch (JacksonException e) {
            throw new IOException(file + " is no export file: its first line is not JSON", e);
        }
    }
}
