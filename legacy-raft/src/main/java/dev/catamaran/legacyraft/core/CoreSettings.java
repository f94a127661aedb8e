package dev.catamaran.legacyraft.core;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Who takes part, and how long they wait.
 *
 * @param self own address, one of {@code members}
 * @param members configured addresses; the quorum is counted over all of them
 * @param leaderTimeoutMs silence after which a follower campaigns, and without a majority's answers
 *     after which a leader steps down; 15 s in 1.x
 * @param beatIntervalMs time between beats; 5 s in 1.x
 * @param publishTimeoutMs longest wait for a majority before a change's outcome is unknown; 5 s in
 *     1.x
 * @param gatherTimeoutMs longest wait for the inventories of all members at the first start
 */
public record CoreSettings(
        String self,
        List<String> members,
        long leaderTimeoutMs,
        long beatIntervalMs,
        long publishTimeoutMs,
        long gatherTimeoutMs) {

    public CoreSettings {
        requireNonNull(self, "self is null");
        members = members.stream().distinct().sorted().toList();
        if (!members.contains(self)) {
            throw new IllegalArgumentException("not in the member list: " + self);
        }
        if (beatIntervalMs <= 0 || leaderTimeoutMs <= beatIntervalMs) {
            throw new IllegalArgumentException(
                    "the leader timeout must be longer than the beat interval: "
                            + leaderTimeoutMs
                            + " against "
                            + beatIntervalMs);
        }
    }

    /** The waits of 1.x. */
    public static CoreSettings of(String self, List<String> members) {
        return new CoreSettings(self, members, 15_000, 5_000, 5_000, 10_000);
    }

    int majority() {
        return members.size() / 2 + 1;
    }

    List<String> others() {
        return members.stream().filter(member -> !member.equals(self)).toList();
    }

    /** Spread of random waits: a third of the leader timeout, as in 1.x. */
    long randomMs() {
        return Math.max(1, leaderTimeoutMs / 3);
    }
}
