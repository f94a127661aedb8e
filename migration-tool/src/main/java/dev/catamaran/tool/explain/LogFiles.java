package dev.catamaran.tool.explain;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Finds the logs of servers under given paths and reads them, plain or gzipped. */
final class LogFiles {

    /** The logs that tell of mode and raft, with what rotation and archives add to the names. */
    private static final List<String> NAMES =
            List.of(
                    "naming-server.log",
                    "naming-raft.log",
                    "protocol-raft.log",
                    "alipay-jraft.log");

    /** A text line longer than this is cut while it is read, so that no file fills the memory. */
    private static final int MAX_LINE = LogLine.MAX_MESSAGE + 64;

    private static final int MAX_DEPTH = 6;
    private static final int GZIP_MAGIC = 0x1f8b;

    private LogFiles() {}

    /**
     * The logs under the given files and folders, by the node that wrote them.
     *
     * @return folder, with the log files in it; a file that was named itself is taken whatever its
     *     name
     * @throws IOException if a folder cannot be read
     */
    static Map<Path, List<Path>> byNode(List<Path> given) throws IOException {
        Map<Path, List<Path>> nodes = new LinkedHashMap<>();
        for (Path path : given) {
            if (Files.isRegularFile(path)) {
                add(nodes, path);
                continue;
            }
            try (Stream<Path> files = Files.walk(path, MAX_DEPTH)) {
                files.filter(Files::isRegularFile)
                        .filter(LogFiles::isLog)
                        .sorted()
                        .forEach(file -> add(nodes, file));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        return nodes;
    }

    private static void add(Map<Path, List<Path>> nodes, Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        nodes.computeIfAbsent(folder, any -> new java.util.ArrayList<>()).add(file);
    }

    private static boolean isLog(Path file) {
        String name = file.getFileName().toString();
        return NAMES.stream().anyMatch(name::contains);
    }

    /**
     * The story of one node.
     *
     * @param files its logs
     * @param progress told the bytes read so far of all files
     * @throws IOException if one cannot be read, naming it
     */
    static NodeStory.Builder read(String node, List<Path> files, LongConsumer progress)
            throws IOException {
        NodeStory.Builder story = new NodeStory.Builder(node);
        List<Path> ordered = files.stream().sorted(Comparator.comparing(Path::toString)).toList();
        for (Path file : ordered) {
            try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                    BufferedReader text =
                            new BufferedReader(
                                    new InputStreamReader(plain(raw), StandardCharsets.UTF_8))) {
                read(text, file.getFileName().toString(), story);
            } catch (IOException e) {
                throw new IOException(file + " cannot be read: " + e.getMessage(), e);
            }
            progress.accept(Files.size(file));
        }
        return story;
    }

    private static void read(BufferedReader text, String name, NodeStory.Builder story)
            throws IOException {
        StringBuilder line = new StringBuilder();
        long number = 1;
        int c;
        while ((c = text.read()) >= 0) {
            if (c == '\n') {
                take(line, name + ":" + number, story);
                number++;
            } else if (line.length() < MAX_LINE) {
                line.append((char) c);
            }
        }
        take(line, name + ":" + number, story);
    }

    private static void take(StringBuilder line, String place, NodeStory.Builder story) {
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\r') {
            line.setLength(end - 1);
        }
        LogLine.read(line.toString(), place)
                .ifPresent(
                        entry -> {
                            story.count();
                            Grammar.read(entry).ifPresent(event -> story.add(entry, event));
                        });
        line.setLength(0);
    }

    private static InputStream plain(InputStream raw) throws IOException {
        raw.mark(2);
        int magic = (raw.read() << 8) | raw.read();
        raw.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(raw) : raw;
    }
}
