package dev.catamaran.registry.v2;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.decode.Decoded;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version of a real server, and the one table of what the versions write and understand (spec:
 * jraft-groups 14, legacy-raft 6.4). What stands after the third number does not count.
 */
public record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {

    /** Whose forms are written when nobody says which servers read them. */
    public static final ServerVersion NEWEST = new ServerVersion(2, 5, 1);

    /** Something that came, or went, with a version. */
    public enum Feature {
        /** Two bytes before a log entry tell a write from a read. */
        LOG_PREFIX(since(2, 1, 0), since14(4)),

        /** The raft port answers requests of the old message types. */
        OLD_MESSAGES(between(since(2, 0, 0), since(2, 2, 0)), since14(0)),

        /** Selectors have no field {@code type}. */
        TYPELESS_SELECTORS(since(2, 0, 4)),

        /** Instances can be replaced only where they are: operation {@code CHANGE}. */
        CHANGE_INSTANCE(since(2, 1, 1)),

        /** A client in a snapshot has {@code batchInstanceData}. */
        BATCH_DATA(since(2, 1, 1)),

        /** A client in a snapshot has an attribute {@code revision}. */
        CLIENT_REVISION(since(2, 1, 2)),

        /** The removal of an instance of an unknown client stops no state machine. */
        REMOVAL_OF_UNKNOWN(since(2, 1, 2)),

        /** Payloads of types that are not on a list are not made into objects. */
        ALLOW_LIST(since(2, 2, 3), since14(6)),

        /** A payload that cannot be read is skipped and stops no state machine. */
        SKIPS_UNREADABLE(since(2, 2, 3)),

        /** Loading a snapshot of instances keeps the clients that are in it. */
        MERGING_LOAD(since(2, 3, 0)),

        /** The key-value group still holds services and instances. */
        RECORDS_IN_KEY_VALUES(between(since(2, 0, 0), since(2, 2, 0)), since14(0)),

        /** An unknown operation of the key-value group is answered and stops nothing. */
        ANSWERS_UNKNOWN_OPERATION(since(2, 2, 0), since14(4)),

        /** The key-value group takes no key but that of the switches. */
        SWITCH_KEY_ONLY(since(2, 4, 1)),

        /** The switch {@code doubleWriteEnabled} exists. */
        DOUBLE_WRITE(between(since(2, 0, 0), since(2, 2, 0)));

        @SuppressWarnings("ImmutableEnumChecker") // copied on the way in
        private final java.util.List<Range> ranges;

        Feature(Range... ranges) {
            this.ranges = java.util.List.of(ranges);
        }
    }

    private record Range(ServerVersion from, Optional<ServerVersion> before) {
        boolean contains(ServerVersion version) {
            return version.compareTo(from) >= 0
                    && before.map(end -> version.compareTo(end) < 0).orElse(true);
        }
    }

    private static final Pattern TEXT =
            Pattern.compile(
                    "(\\d{1,4})\\.(\\d{1,4})(?:[+-].{0,60}|\\.(\\d{1,4})(?:[.+-].{0,60})?)?");

    private static final Comparator<ServerVersion> ORDER =
            Comparator.comparingInt(ServerVersion::major)
                    .thenComparingInt(ServerVersion::minor)
                    .thenComparingInt(ServerVersion::patch);

    /** Reads {@code 2.0.3}, {@code 2.2.0.1}, {@code 2.1}, {@code 3.0.0-ALPHA}. */
    public static Decoded<ServerVersion> parse(String text) {
        Matcher matcher = TEXT.matcher(requireNonNull(text, "text is null"));
        if (!matcher.matches()) {
            return Decoded.refused("is no version like 2.0.3: " + text, "version");
        }
        String patch = matcher.group(3);
        return new Decoded.Ok<>(
                new ServerVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        patch == null ? 0 : Integer.parseInt(patch)));
    }

    /** Whether servers of this version have it. */
    public boolean has(Feature feature) {
        return feature.ranges.stream().anyMatch(range -> range.contains(this));
    }

    private static Range since(int major, int minor, int patch) {
        return new Range(new ServerVersion(major, minor, patch), Optional.empty());
    }

    private static Range between(Range from, Range before) {
        return new Range(from.from, Optional.of(before.from));
    }

    /** The 1.4 line ended with features that 2.x got at other times. */
    private static Range since14(int patch) {
        return between(since(1, 4, patch), since(2, 0, 0));
    }

    @Override
    public int compareTo(ServerVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
