package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server version a member has named itself. There is no value for "unknown": a text that is no
 * version is no version, and what follows from that is decided by rule, never by a guess.
 *
 * <p>The order is numeric part by part. A qualifier ({@code 2.0.0-ALPHA.1}) does not count: an
 * early 2.0 speaks the 2.x protocols.
 *
 * @param major first number
 * @param minor second number
 * @param patch third number; 0 when the text had two
 * @param text what the member said
 */
public record MemberVersion(int major, int minor, int patch, String text)
        implements Comparable<MemberVersion> {

    /** Longest text that is looked at; real ones have fewer than 30 characters. */
    private static final int TEXT_LIMIT = 64;

    private static final Pattern FORM =
            Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?(?:[.+-][0-9A-Za-z.+-]*)?");

    private static final Comparator<MemberVersion> NUMERIC =
            Comparator.comparingInt(MemberVersion::major)
                    .thenComparingInt(MemberVersion::minor)
                    .thenComparingInt(MemberVersion::patch);

    public MemberVersion {
        requireNonNull(text, "text is null");
        if (major < 0 || minor < 0 || patch < 0) {
            throw new IllegalArgumentException("a part of the version is negative: " + text);
        }
    }

    /** The version in {@code text}; empty if it is none. */
    public static Optional<MemberVersion> parse(String text) {
        requireNonNull(text, "text is null");
        String trimmed = text.trim();
        if (trimmed.length() > TEXT_LIMIT) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(trimmed);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int patch = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return Optional.of(
                new MemberVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        patch,
                        trimmed));
    }

    /** Whether servers of this version speak only the 1.x protocols. */
    public boolean below2() {
        return major < 2;
    }

    /** Numeric order; versions that differ in their qualifier only compare as equal. */
    @Override
    public int compareTo(MemberVersion other) {
        return NUMERIC.compare(this, other);
    }

    @Override
    public String toString() {
        return text;
    }
}
