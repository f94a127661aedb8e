package dev.catamaran.server.stack.legacy;

import static java.util.Objects.requireNonNull;

import dev.catamaran.legacyraft.core.CoreSettings;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.MemberState;
import dev.catamaran.legacyraft.core.RaftState;
import dev.catamaran.legacyraft.shared.SharedRaft;
import dev.catamaran.legacyraft.shared.SharedSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * How the legacy stack runs.
 *
 * @param self own address
 * @param members all addresses, self included
 * @param leaderTimeout silence after which a follower campaigns
 * @param beatInterval time between beats; at most half of {@code leaderTimeout}
 * @param rules by which the raft plays
 */
public record LegacySettings(
        String self,
        List<String> members,
        Duration leaderTimeout,
        Duration beatInterval,
        Rules rules) {

    /** What the members of the raft promise each other. */
    public enum Rules {
        /** All are ours: ballots bind them (ADR 0001). */
        OWN,
        /** Real servers take part: what 1.x does, played safely (ADR 0008). */
        SHARED
    }

    /** What 1.x waits, at least, before it campaigns; it adds up to a third (spec 3.1). */
    public static final Duration LEADER_TIMEOUT_1X = Duration.ofSeconds(15);

    /** Time between two beats of 1.x. */
    public static final Duration BEAT_INTERVAL_1X = Duration.ofSeconds(5);

    /** Longest time between two ticks; 1.x has this one. */
    private static final long MAX_TICK_MS = 500;

    /** Longest wait for a majority before a change's outcome is unknown; as in 1.x. */
    static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(5);

    /** Longest wait for the files of all members at the first start. */
    private static final Duration GATHER_TIMEOUT = Duration.ofSeconds(10);

    public LegacySettings {
        requireNonNull(self, "self is null");
        members = List.copyOf(members);
        requireNonNull(leaderTimeout, "leaderTimeout is null");
        requireNonNull(beatInterval, "beatInterval is null");
        requireNonNull(rules, "rules is null");
    }

    /**
     * This member's state at a start.
     *
     * @throws IOException if what it holds cannot be brought into a raft of these rules
     */
    MemberState begin(Held held, long epoch, long random) throws IOException {
        return switch (rules) {
            case OWN -> RaftState.start(core(), held, epoch, random);
            case SHARED -> {
                try {
                    yield SharedRaft.start(SharedSettings.of(core()), held, random);
                } catch (IllegalArgumentException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        };
    }

    private CoreSettings core() {
        return new CoreSettings(
                self,
                members,
                leaderTimeout.toMillis(),
                beatInterval.toMillis(),
                PUBLISH_TIMEOUT.toMillis(),
                GATHER_TIMEOUT.toMillis());
    }

    long tickMs() {
        return Math.max(20, Math.min(MAX_TICK_MS, beatInterval.toMillis() / 5));
    }
}
