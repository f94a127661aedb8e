package dev.catamaran.legacyraft.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A follower's way to its leader's version: what differs is fetched first and kept in memory, then
 * stored as one version. Changed only inside the {@link Draft} that copied it.
 */
final class CatchUp {

    final long ballot;
    final Beat target;
    final Map<String, Datum> fetched;
    final List<Long> replyIds;
    final long replyByMs;

    /** The fetch under way; 0 when none is, and a new beat must come. */
    long fetchId;

    Set<String> asked = Set.of();

    CatchUp(long ballot, Beat target, Map<String, Datum> fetched, long replyId, long replyByMs) {
        this.ballot = ballot;
        this.target = target;
        this.fetched = new HashMap<>(fetched);
        this.replyIds = new ArrayList<>(List.of(replyId));
        this.replyByMs = replyByMs;
    }

    private CatchUp(CatchUp other) {
        this.ballot = other.ballot;
        this.target = other.target;
        this.fetched = new HashMap<>(other.fetched);
        this.replyIds = new ArrayList<>(other.replyIds);
        this.replyByMs = other.replyByMs;
        this.fetchId = other.fetchId;
        this.asked = other.asked;
    }

    CatchUp copy() {
        return new CatchUp(this);
    }
}
