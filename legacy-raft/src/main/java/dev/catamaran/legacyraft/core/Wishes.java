package dev.catamaran.legacyraft.core;

import java.util.Set;

/** What somebody at the leader wants (spec: legacy-raft 4.1, 4.3). */
final class Wishes {

    /** Changes in flight at once; 1.x has one. More are refused, nothing is queued unbounded. */
    static final int MAX_OPS = 1_000;

    /** Proofs waited for at once. */
    static final int MAX_CONFIRMS = 10_000;

    private static final long TERM_STEP = 100;

    private Wishes() {}

    static void onChange(Draft draft, Event.ChangeWanted wanted) {
        Leadership leadership = draft.leadership;
        if (leadership == null || leadership.stage != Leadership.Stage.SERVING) {
            refuse(draft, wanted.opId(), notServing(draft));
            return;
        }
        if (leadership.ops.size() >= MAX_OPS) {
            refuse(draft, wanted.opId(), MAX_OPS + " changes already wait for a majority");
            return;
        }
        Change change = change(draft.held, wanted);
        draft.held = draft.held.after(change);
        draft.emit(new Effect.SaveChange(change));
        if (change instanceof Change.Put) {
            draft.held = draft.held.withTerm(draft.held.term() + TERM_STEP);
            draft.emit(new Effect.SaveTerm(draft.held.term()));
        }
        leadership.remember(change);
        leadership.ops.add(
                new Leadership.Op(
                        wanted.opId(),
                        change.position(),
                        draft.nowMs + draft.settings.publishTimeoutMs()));
        draft.emit(new Effect.Changed(Set.of(change.key())));
        leadership
                .followers
                .values()
                .forEach(follower -> Leading.pump(draft, leadership, follower));
        Leading.advance(draft, leadership);
    }

    static void onConfirm(Draft draft, Event.ConfirmWanted wanted) {
        Leadership leadership = draft.leadership;
        if (leadership == null) {
            refuse(draft, wanted.opId(), notServing(draft));
            return;
        }
        if (leadership.confirms.size() >= MAX_CONFIRMS) {
            refuse(draft, wanted.opId(), MAX_CONFIRMS + " proofs are already waited for");
            return;
        }
        boolean roundOpen =
                leadership.confirms.stream().anyMatch(open -> open.round() == leadership.round);
        // one round at a time: those who come while it runs share the next one
        leadership.confirms.add(
                new Leadership.Confirm(
                        wanted.opId(),
                        leadership.round + 1,
                        draft.held.position(),
                        draft.nowMs + wanted.timeoutMs()));
        if (!roundOpen) {
            Leading.newRound(draft, leadership);
        }
        Leading.advance(draft, leadership);
    }

    private static Change change(Held held, Event.ChangeWanted wanted) {
        Position next = held.position().next();
        long timestamp = held.lastTimestamp(wanted.key());
        return wanted.value()
                .<Change>map(
                        value ->
                                new Change.Put(new Datum(wanted.key(), value, timestamp + 1, next)))
                .orElseGet(() -> new Change.Delete(new Tombstone(wanted.key(), timestamp, next)));
    }

    private static String notServing(Draft draft) {
        return draft.leads()
                ? "this leader is still bringing a majority to its version"
                : "this member does not lead the legacy raft";
    }

    private static void refuse(Draft draft, long opId, String because) {
        draft.emit(new Effect.Ended(opId, new Outcome.NotNow(because)));
    }
}
