package dev.catamaran.tool.jraftdisk;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of RocksDB. What it writes changes between lines (major and minor), not inside one.
 *
 * @param major first number
 * @param minor second number
 * @param rest what follows, with its dot; the Java library sometimes adds a number of its own
 */
public record RocksVersion(int major, int minor, String rest) {

    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,4})\\.(\\d{1,4})((?:\\.\\d{1,4})*)");
    private static final Comparator<RocksVersion> LINES =
            Comparator.comparingInt(RocksVersion::major).thenComparingInt(RocksVersion::minor);

    public static Optional<RocksVersion> parse(String text) {
        Matcher matcher = TEXT.matcher(text.trim());
        return matcher.matches()
                ? Optional.of(
                        new RocksVersion(
                                Integer.parseInt(matcher.group(1)),
                                Integer.parseInt(matcher.group(2)),
                                matcher.group(3)))
                : Optional.empty();
    }

    /** Whether both write the same form. */
    public boolean sameLine(RocksVersion other) {
        return LINES.compare(this, other) == 0;
    }

    /** Whether this one is of a later line. */
    public boolean isLaterThan(RocksVersion other) {
        return LINES.compare(this, other) > 0;
    }

    @Override
    public String toString() {
        return major + "." + minor + rest;
    }
}
