package dev.catamaran.legacyraft.shared;

import dev.catamaran.legacyraft.core.Beat;
import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.registry.v1.LegacyKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a follower makes of its leader's messages (spec: legacy-raft 3.6, 4.2, 4.4, 4.5). */
final class Heeding {

    private Heeding() {}

    static void onBeat(Work work, Event.BeatArrived arrived) {
        Beat beat = arrived.beat();
        Optional<String> refusal = refusal(work, beat.peer());
        if (refusal.isPresent()) {
            work.emit(
                    new Effect.ReplyText(arrived.replyId(), 400, "caused: " + refusal.get() + ";"));
            return;
        }
        follow(work, beat.peer());
        if (work.has(Defence.PROMPT_ANSWER)) {
            work.emit(new Effect.ReplyPeer(arrived.replyId(), true, work.self()));
        }
        Position leaders =
                beat.peer().pledge().map(RaftPeer.Pledge::position).orElse(Position.NONE);
        if (beat.peer().pledge().isEmpty()
                || work.progress.lists(leaders)
                || !work.has(Defence.COMMIT_ORDER)) {
            reconcile(work, beat, leaders);
        }
        if (!work.has(Defence.PROMPT_ANSWER) && !work.asking(Work.Purpose.FOLLOW)) {
            work.emit(new Effect.ReplyPeer(arrived.replyId(), true, work.self()));
        }
    }

    private static Optional<String> refusal(Work work, RaftPeer peer) {
        boolean member = work.isMember(peer.ip()) || !work.has(Defence.MEMBERS_ONLY);
        if (!member || peer.ip().equals(work.me())) {
            return Optional.of("beat from a stranger: " + peer.ip());
        }
        if (peer.state() != RaftPeer.State.LEADER) {
            return Optional.of("invalid state from master, state: " + peer.state());
        }
        long known = work.held.term();
        boolean other = work.leader.isPresent() && !work.leader.get().equals(peer.ip());
        if (other && work.nowMs - work.heardLeaderMs < 2 * work.core().beatIntervalMs()) {
            known = Math.max(known, work.leaderTerm);
        }
        if (peer.term() < known && !takesAnything(work, peer)) {
            return Optional.of(
                    "out of date beat, beat-from-term: "
                            + peer.term()
                            + ", beat-to-term: "
                            + known);
        }
        if (peer.term() > Math.max(known, work.leaderTerm) + Work.MAX_TERM_JUMP) {
            return Optional.of(
                    "out of date beat, term " + peer.term() + " is too far ahead of " + known);
        }
        return Optional.empty();
    }

    /**
     * Real servers forget their term when they restart, ours do not: one of ours that is empty
     * takes the records of a real leader all the same, if it hears no other (spec: legacy-raft
     * 3.9).
     */
    private static boolean takesAnything(Work work, RaftPeer peer) {
        boolean hearsOther =
                work.leader.isPresent()
                        && !work.leader.get().equals(peer.ip())
                        && work.nowMs - work.heardLeaderMs < 2 * work.core().beatIntervalMs();
        return work.held.datums().size() == 0
                && work.lead == null
                && peer.pledge().isEmpty()
                && !hearsOther;
    }

    private static void follow(Work work, RaftPeer peer) {
        if (work.lead != null) {
            work.stepDown("a beat of " + peer.ip() + " in term " + peer.term() + " came");
        }
        if (work.role != RaftPeer.State.FOLLOWER) {
            work.role = RaftPeer.State.FOLLOWER;
            work.votes.clear();
        }
        boolean known = work.leader.equals(Optional.of(peer.ip()));
        if (!known) {
            work.leader = Optional.of(peer.ip());
            work.passedTerm = 0;
            work.fromLeader = KeyMap.empty();
            work.progress.stopsAwaiting();
            work.heldBack = null;
            work.asked.clear();
            work.note("leader-followed leader=" + peer.ip() + " term=" + peer.term());
        }
        if (!known || work.has(Defence.FRESH_LEADER_TERM)) {
            work.leaderTerm = peer.term();
        }
        work.leaderIsReal = peer.pledge().isEmpty();
        // a leader of ours keeps its term, so what is older than it is over
        if (peer.pledge().isPresent() && peer.term() > work.held.term()) {
            work.vote(peer.term(), Optional.of(peer.ip()));
        }
        if (work.isMember(peer.ip()) || !work.has(Defence.MEMBERS_ONLY)) {
            work.seen.put(peer.ip(), peer);
        }
        work.heardLeaderMs = work.nowMs;
        work.heartbeatDueMs = work.core().beatIntervalMs();
        work.resetLeaderDue();
    }

    private static void reconcile(Work work, Beat beat, Position leaders) {
        Set<String> listed = new HashSet<>();
        List<String> missing = new ArrayList<>();
        for (Beat.Item item : beat.items()) {
            listed.add(item.key());
            long own = work.held.datums().get(item.key()).map(Datum::timestamp).orElse(0L);
            if (own < item.timestamp()) {
                missing.add(item.key());
            }
        }
        boolean all = Fetches.follow(work, beat.peer().ip(), missing);
        // a beat may be older than a change that overtook it
        long recentMs = work.nowMs - 2 * work.core().beatIntervalMs();
        work.forgetTouched(recentMs);
        TreeSet<String> unlisted = new TreeSet<>();
        TreeSet<String> spared = new TreeSet<>();
        work.held
                .datums()
                .forEach(
                        (key, datum) -> {
                            if (!listed.contains(key)) {
                                (work.touchedSince(key, recentMs) ? spared : unlisted).add(key);
                            }
                        });
        Quarantine.consider(work, beat, unlisted);
        if (beat.peer().pledge().isPresent()) {
            unlisted.stream()
                    .filter(key -> work.held.datums().get(key).isEmpty())
                    .forEach(key -> work.progress.gone(key, leaders));
        }
        if (all && spared.isEmpty() && work.heldBack == null) {
            work.progress.awaits(leaders, missing);
            if (missing.isEmpty()) {
                work.progress.hasAll(leaders);
            }
        }
    }

    static void onCommit(Work work, Event.CommitArrived arrived) {
        RaftPeer source = arrived.source();
        Optional<String> refusal = refusalOfCommit(work, source);
        if (refusal.isPresent()) {
            work.emit(
                    new Effect.ReplyText(arrived.replyId(), 500, "caused: " + refusal.get() + ";"));
            return;
        }
        work.resetLeaderDue();
        work.heardLeaderMs = work.nowMs;
        long number = arrived.change().position().index();
        boolean old =
                source.pledge().isPresent()
                        && arrived.change() instanceof Change.Put
                        && work.progress.isGone(arrived.change().key(), source.term(), number)
                        && work.has(Defence.COMMIT_ORDER);
        if (old) {
            // not an error: the leader counts on the answer
            work.emit(new Effect.ReplyText(arrived.replyId(), 200, "ok"));
            return;
        }
        if (arrived.change() instanceof Change.Put put) {
            applyPut(work, source, put.datum());
        } else if (arrived.change() instanceof Change.Delete delete) {
            applyDelete(work, source, delete.tombstone().key(), delete.tombstone().timestamp());
        }
        work.progress.applied(source.term(), number);
        work.emit(new Effect.ReplyText(arrived.replyId(), 200, "ok"));
    }

    private static Optional<String> refusalOfCommit(Work work, RaftPeer source) {
        if (!work.leader.equals(Optional.of(source.ip())) || work.lead != null) {
            return Optional.of("peer(" + source.ip() + ") tried to publish data but wasn't leader");
        }
        if (source.term() < work.held.term()) {
            return Optional.of(
                    "out of date publish, pub-term:"
                            + source.term()
                            + ", cur-term: "
                            + work.held.term());
        }
        return source.term() > Math.max(work.held.term(), work.leaderTerm) + Work.MAX_TERM_JUMP
                ? Optional.of(
                        "out of date publish, pub-term:" + source.term() + " is too far ahead")
                : Optional.empty();
    }

    private static void applyPut(Work work, RaftPeer source, Datum datum) {
        long last = work.fromLeader.get(datum.key()).orElse(0L);
        // after a delete a real leader counts from 1 again; one of ours never goes back
        boolean late =
                source.pledge().isPresent()
                        ? datum.timestamp() <= work.held.lastTimestamp(datum.key())
                        : datum.timestamp() < last || (datum.timestamp() == last && last > 1);
        if (late && work.has(Defence.COMMIT_ORDER)) {
            // not an error: the leader counts on the answer
            return;
        }
        work.fromLeader = work.fromLeader.with(datum.key(), datum.timestamp());
        work.put(datum.key(), datum.value(), datum.timestamp());
        moveTerm(work, source.term());
    }

    private static void applyDelete(Work work, RaftPeer source, String key, long timestamp) {
        long own = work.held.datums().get(key).map(Datum::timestamp).orElse(0L);
        if (timestamp > 0 && own > timestamp && work.has(Defence.COMMIT_ORDER)) {
            // a leader of ours says which version it deleted; this one is newer
            return;
        }
        work.fromLeader = work.fromLeader.without(key);
        work.delete(key, timestamp);
        if (key.startsWith(LegacyKey.META_PREFIX)) {
            cascade(work, source, key);
            moveTerm(work, source.term());
        }
    }

    /** A service's instances go with it; real nodes do that each for itself (4.3). */
    private static void cascade(Work work, RaftPeer source, String metaKey) {
        String list = LegacyKey.LIST_PREFIX + metaKey.substring(LegacyKey.META_PREFIX.length());
        // 1.x checks its own cascade as if the leader had sent it, in the term it first heard
        boolean allowed =
                work.has(Defence.FRESH_LEADER_TERM)
                        || Math.min(work.leaderTerm, source.term()) >= work.held.term();
        if (allowed && work.held.datums().get(list).isPresent()) {
            work.delete(list, 0);
        }
    }

    /** The follower's rule of spec 3.8. */
    static void moveTerm(Work work, long sourceTerm) {
        if (work.held.term() + 100 > sourceTerm) {
            if (work.has(Defence.FRESH_LEADER_TERM)) {
                work.leaderTerm = Math.max(work.leaderTerm, sourceTerm);
            }
            work.moveTerm(Math.max(work.held.term(), sourceTerm));
        } else {
            work.moveTerm(work.held.term() + 100);
        }
    }
}
