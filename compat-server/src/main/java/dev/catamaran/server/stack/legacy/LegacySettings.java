package dev.catamaran.server.stack.legacy;

import static java.util.Objects.requireNonNull;

import dev.catamaran.legacyraft.core.CoreSettings;
import java.time.Duration;
import java.util.List;

/**
 * How the legacy stack runs.
 *
 * @param self own address
 * @param members all addresses, self included
 * @param leaderTimeout silence after which a follower campaigns
 * @param beatInterval time between beats; at most half of {@code leaderTimeout}
 */
public record LegacySettings(
        String self, List<String> members, Duration leaderTimeout, Duration beatInterval) {

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
    }

    CoreSettings core() {
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
