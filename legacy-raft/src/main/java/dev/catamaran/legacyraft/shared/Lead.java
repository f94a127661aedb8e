package dev.catamaran.legacyraft.shared;

import dev.catamaran.legacyraft.core.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a leader keeps. Changed only inside the {@link Work} that copied it. */
final class Lead {

    /** A change that waits for a majority. */
    record Op(
            long number, long opId, String key, boolean wished, Set<String> acks, long deadlineMs) {
        Op {
            acks = Set.copyOf(acks);
        }
    }

    /** A change that waits for another of its key. */
    record Queued(long opId, String key, Optional<String> value, long deadlineMs) {}

    /**
     * A proof somebody waits for, that this member leads and that what it was asked for before is
     * committed or has failed.
     */
    record Proof(long opId, long round, Position position, long deadlineMs) {}

    final long term;
    final long sinceMs;
    boolean serving;

    /** Voters whose data has been read. */
    final Set<String> gathered;

    /** Batches still to come, by voter. */
    final Map<String, Integer> awaited;

    final Map<String, Long> answeredMs;
    final Map<String, Long> answeredRound;
    final Map<Long, Op> ops;
    final List<Queued> queue;
    final List<Proof> proofs;
    long numbers;
    long round;

    /** Keys given a new timestamp because a follower had another version of them. */
    int levelled;

    long lookedMs;

    Lead(long term, long nowMs) {
        this.term = term;
        this.sinceMs = nowMs;
        this.lookedMs = nowMs;
        this.gathered = new HashSet<>();
        this.awaited = new HashMap<>();
        this.answeredMs = new HashMap<>();
        this.answeredRound = new HashMap<>();
        this.ops = new LinkedHashMap<>();
        this.queue = new ArrayList<>();
        this.proofs = new ArrayList<>();
    }

    /** Whether a change that was wanted before this wish is not decided yet. */
    boolean hasOpenBefore(long opId) {
        return ops.values().stream().anyMatch(op -> op.opId() < opId)
                || queue.stream().anyMatch(queued -> queued.opId() < opId);
    }

    Lead(Lead other) {
        this.term = other.term;
        this.sinceMs = other.sinceMs;
        this.serving = other.serving;
        this.gathered = new HashSet<>(other.gathered);
        this.awaited = new HashMap<>(other.awaited);
        this.answeredMs = new HashMap<>(other.answeredMs);
        this.answeredRound = new HashMap<>(other.answeredRound);
        this.ops = new LinkedHashMap<>(other.ops);
        this.queue = new ArrayList<>(other.queue);
        this.proofs = new ArrayList<>(other.proofs);
        this.numbers = other.numbers;
        this.round = other.round;
        this.levelled = other.levelled;
        this.lookedMs = other.lookedMs;
    }
}
