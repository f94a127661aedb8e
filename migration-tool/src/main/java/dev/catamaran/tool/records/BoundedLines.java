package dev.catamaran.tool.records;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Lines of a file that may be no text file at all: none is read further than it may be long. */
final class BoundedLines {

    private final BufferedReader in;
    private final Path file;
    private int number;

    BoundedLines(BufferedReader in, Path file) {
        this.in = requireNonNull(in, "in is null");
        this.file = requireNonNull(file, "file is null");
    }

    /**
     * The next line without its end; null at the end of the file.
     *
     * @throws IOException if it cannot be read or is longer than {@code longest} characters
     */
    @Nullable String next(int longest) throws IOException {
        number++;
        int first = in.read();
        if (first < 0) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        for (int c = first; c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() == longest) {
                throw new IOException(
                        file
                                + " line "
                                + number
                                + " is longer than any record (more than "
                                + longest
                                + " characters), so it is no export file. Name a file that"
                                + " catamaran export has written");
            }
            line.append((char) c);
        }
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\r') {
            line.setLength(end - 1);
        }
        return line.toString();
    }
}
