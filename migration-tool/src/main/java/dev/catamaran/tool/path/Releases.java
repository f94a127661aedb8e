package dev.catamaran.tool.path;

import dev.catamaran.judgement.MemberVersion;
import java.util.List;
import java.util.Optional;

/**
 * What has to be known of the releases, by the first version for which it holds. From the poms and
 * the sources of every tag, and from runs of the servers.
 */
final class Releases {

    static final MemberVersion FIRST_JRAFT_STORE = v("1.4.0");
    static final MemberVersion BRIDGE = v("2.0.4");
    static final MemberVersion WITHOUT_1X = v("2.2.0");
    static final MemberVersion AFTER_BRIDGE = v("2.2.3");
    static final MemberVersion ROCKS_8 = v("2.3.2");
    static final MemberVersion LAST_2X = v("2.5.1");
    static final MemberVersion FIRST_3X = v("3.0.0");

    /**
     * The RocksDB that a release writes its raft logs with.
     *
     * @param name as in its jar
     * @param rank grows with the form on disk: a higher rank reads a lower one, never the reverse
     */
    record Rocks(String name, int rank) {}

    private static final Rocks ROCKS_5 = new Rocks("5.18", 1);
    private static final Rocks ROCKS_6 = new Rocks("6.22", 2);
    private static final Rocks ROCKS_7 = new Rocks("7.7", 3);
    private static final Rocks ROCKS_8_8 = new Rocks("8.8", 4);

    /** A start and a stop of one node, seconds, measured at three nodes on two cores. */
    private record Pace(MemberVersion from, int startSeconds, int stopSeconds) {}

    private static final List<Pace> PACES =
            List.of(
                    new Pace(v("2.5.0"), 51, 4),
                    new Pace(v("2.4.0"), 47, 4),
                    new Pace(v("2.3.0"), 30, 4),
                    new Pace(v("2.2.0"), 32, 4),
                    new Pace(v("2.1.0"), 35, 4),
                    new Pace(v("2.0.0"), 47, 4),
                    new Pace(v("1.4.0"), 38, 24),
                    new Pace(v("1.3.0"), 33, 30),
                    new Pace(v("0.8.0"), 15, 10));

    private Releases() {}

    /** The version in a text of ours, which is one. */
    static MemberVersion v(String text) {
        return MemberVersion.parse(text).orElseThrow();
    }

    static boolean isBelow(MemberVersion version, MemberVersion other) {
        return version.compareTo(other) < 0;
    }

    /** Whether it is of a line whose releases were read: 1.0 to 1.4, 2.0 to 2.5, 3.x. */
    static boolean isKnown(MemberVersion version) {
        return switch (version.major()) {
            case 1 -> version.minor() <= 4;
            case 2 -> version.minor() <= 5;
            case 3 -> true;
            default -> false;
        };
    }

    /** Empty where a release keeps no raft log of JRaft (below 1.3). */
    static Optional<Rocks> rocks(MemberVersion version) {
        if (isBelow(version, v("1.3.0"))) {
            return Optional.empty();
        }
        if (!isBelow(version, v("1.4.4")) && isBelow(version, v("2.0.0"))) {
            return Optional.of(ROCKS_6);
        }
        if (isBelow(version, v("2.2.1"))) {
            return Optional.of(ROCKS_5);
        }
        return Optional.of(isBelow(version, v("2.3.1")) ? ROCKS_7 : ROCKS_8_8);
    }

    /** Seconds for one node to stop as {@code from} and to be up as {@code to}. */
    static int replaceSeconds(MemberVersion from, MemberVersion to) {
        return pace(from).stopSeconds() + pace(to).startSeconds();
    }

    private static Pace pace(MemberVersion version) {
        return PACES.stream()
                .filter(pace -> !isBelow(version, pace.from()))
                .findFirst()
                .orElse(PACES.get(PACES.size() - 1));
    }
}
