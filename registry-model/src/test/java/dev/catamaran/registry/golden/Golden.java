package dev.catamaran.registry.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** What real servers wrote and said (see golden/ORIGIN.md). */
public final class Golden {

    private Golden() {}

    /**
     * A data entry of a real raft log.
     *
     * @param group the group whose log it stands in
     * @param index its place there
     * @param bytes what the leader wrote
     */
    public record Entry(String group, long index, byte[] bytes) {}

    public static byte[] bytes(String name) {
        try (InputStream in =
                Objects.requireNonNull(
                        Golden.class.getClassLoader().getResourceAsStream("golden/" + name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    public static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    public static List<String> lines(String name) {
        return text(name).lines().toList();
    }

    /** The entries of all groups of one stopped node, in the order of their logs. */
    public static List<Entry> entries(String version) {
        byte[] packed = bytes("entries-" + version + ".txt.gz");
        try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(packed))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split(" ", -1))
                    .map(
                            parts ->
                                    new Entry(
                                            parts[0],
                                            Long.parseLong(parts[1]),
                                            Base64.getDecoder().decode(parts[2])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the entries of " + version, e);
        }
    }
}
