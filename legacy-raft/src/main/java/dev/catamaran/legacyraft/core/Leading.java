package dev.catamaran.legacyraft.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How a leader keeps its lead and brings its followers along (spec: legacy-raft 3.5, 4.1). */
final class Leading {

    /** Pause before a follower that is behind, or could not be reached, is sent a beat again. */
    static final long BEAT_AGAIN_MS = 300;

    /** Pause after a beat that got no answer. */
    static final long BEAT_FAILED_MS = 1_000;

    private Leading() {}

    static void begin(Draft draft, Leadership leadership) {
        draft.heartbeatDueMs = draft.settings.beatIntervalMs();
        if (draft.held.position().index() == 0) {
            newRound(draft, leadership);
            Gathering.begin(draft, leadership);
        } else {
            stamp(draft, leadership, draft.held.datums().values());
        }
    }

    /** Makes the given datums this leader's first version and sends it to all. */
    static void stamp(Draft draft, Leadership leadership, Collection<Datum> datums) {
        Position stamp = new Position(leadership.ballot, draft.held.position().index() + 1);
        List<Datum> puts = new ArrayList<>();
        Set<String> changed = new HashSet<>();
        KeyMap<Datum> all = draft.held.datums();
        for (Datum datum : datums) {
            boolean own = all.get(datum.key()).equals(Optional.of(datum));
            if (!own || datum.position().equals(Position.NONE)) {
                puts.add(datum.at(stamp));
                all = all.with(datum.key(), datum.at(stamp));
            }
            if (!own) {
                changed.add(datum.key());
            }
        }
        draft.held = draft.held.at(stamp, all, draft.held.tombstones());
        draft.emit(
                puts.isEmpty()
                        ? new Effect.SavePosition(stamp)
                        : new Effect.SaveVersion(puts, List.of(), stamp));
        if (!changed.isEmpty()) {
            draft.emit(new Effect.Changed(changed));
        }
        leadership.stamp = stamp;
        newRound(draft, leadership);
        advance(draft, leadership);
    }

    /** Another member shall lead; a group of one has no other. */
    static void giveUp(Draft draft, String because) {
        if (draft.leads() && draft.settings.majority() > 1) {
            draft.stepDown(because);
        }
    }

    static void onTick(Draft draft, long elapsedMs) {
        Leadership leadership = draft.leadership;
        if (leadership == null) {
            return;
        }
        long heard =
                leadership.followers.values().stream()
                        .filter(
                                follower ->
                                        draft.nowMs - follower.lastAnswerMs
                                                < draft.settings.leaderTimeoutMs())
                        .count();
        if (heard + 1 < draft.settings.majority()) {
            draft.stepDown("no majority answered for " + draft.settings.leaderTimeoutMs() + " ms");
            return;
        }
        draft.resetLeaderDue();
        expire(draft, leadership);
        if (leadership.stage == Leadership.Stage.GATHERING) {
            Gathering.onTick(draft, leadership);
        }
        draft.heartbeatDueMs -= elapsedMs;
        if (draft.heartbeatDueMs <= 0) {
            newRound(draft, leadership);
        }
        leadership.followers.values().forEach(follower -> pump(draft, leadership, follower));
        advance(draft, leadership);
    }

    static void onBeatAnswered(Draft draft, Event.BeatAnswered answered) {
        RaftPeer peer = answered.peer();
        if (peer.pledge().isEmpty() || !peer.ip().equals(answered.member())) {
            return;
        }
        draft.saw(peer);
        RaftPeer.Pledge pledge = peer.pledge().get();
        if (pledge.ballot() > draft.held.ballot()) {
            draft.adoptBallot(pledge.ballot());
            return;
        }
        Leadership leadership = draft.leadership;
        if (leadership == null || pledge.ballot() != leadership.ballot) {
            return;
        }
        Leadership.Follower follower = leadership.followers.get(answered.member());
        if (follower == null) {
            return;
        }
        follower.lastAnswerMs = draft.nowMs;
        follower.round = Math.max(follower.round, answered.round());
        ack(leadership, follower, pledge.position());
        if (follower.inFlight.isEmpty()) {
            follower.at = Optional.of(pledge.position());
        }
        if (!caughtUp(draft, follower)) {
            follower.nextBeatMs = draft.nowMs + BEAT_AGAIN_MS;
        }
        pump(draft, leadership, follower);
        advance(draft, leadership);
    }

    static void onBeatFailed(Draft draft, Event.BeatFailed failed) {
        Leadership leadership = draft.leadership;
        if (leadership != null && leadership.followers.containsKey(failed.member())) {
            Leadership.Follower follower = leadership.followers.get(failed.member());
            follower.nextBeatMs =
                    draft.nowMs + Math.min(BEAT_FAILED_MS, draft.settings.beatIntervalMs());
            if (follower.inFlight.isEmpty()) {
                follower.at = Optional.empty();
            }
        }
    }

    /** A real follower that has campaigned wants a term not below its own (spec 3.6, 9.3.8). */
    static void onBeatRefused(Draft draft, Event.BeatRefused refused) {
        long term = draft.held.term();
        if (draft.leads()
                && refused.term() > term
                && refused.term() <= term + Draft.MAX_TERM_JUMP) {
            draft.held = draft.held.withTerm(refused.term());
            draft.emit(new Effect.SaveTerm(refused.term()));
        }
    }

    static void onCommitAnswered(Draft draft, Event.CommitAnswered answered) {
        Leadership leadership = draft.leadership;
        if (leadership == null || answered.position().ballot() != leadership.ballot) {
            return;
        }
        Leadership.Follower follower = leadership.followers.get(answered.member());
        if (follower == null) {
            return;
        }
        boolean awaited = follower.inFlight.equals(Optional.of(answered.position()));
        if (answered.accepted()) {
            follower.lastAnswerMs = draft.nowMs;
            ack(leadership, follower, answered.position());
        }
        if (awaited) {
            follower.inFlight = Optional.empty();
            follower.at = answered.accepted() ? Optional.of(answered.position()) : Optional.empty();
            if (!answered.accepted()) {
                beatSoon(draft, follower);
            }
            pump(draft, leadership, follower);
        }
        advance(draft, leadership);
    }

    static void onCommitFailed(Draft draft, Event.CommitFailed failed) {
        Leadership leadership = draft.leadership;
        Leadership.Follower follower =
                leadership == null ? null : leadership.followers.get(failed.member());
        if (leadership != null
                && follower != null
                && follower.inFlight.equals(Optional.of(failed.position()))) {
            follower.inFlight = Optional.empty();
            follower.at = Optional.empty();
            beatSoon(draft, follower);
        }
    }

    /** Sends a follower what it lacks: the next change, or a beat when that would not do. */
    static void pump(Draft draft, Leadership leadership, Leadership.Follower follower) {
        if (leadership.stage == Leadership.Stage.GATHERING
                || follower.inFlight.isPresent()
                || caughtUp(draft, follower)) {
            return;
        }
        Optional<Change> next = follower.at.flatMap(leadership::after);
        if (next.isPresent()) {
            follower.inFlight = Optional.of(next.get().position());
            draft.emit(new Effect.SendCommit(follower.member, draft.self(), next.get()));
        } else if (draft.nowMs >= follower.nextBeatMs) {
            sendBeat(draft, leadership, follower);
        }
    }

    private static void beatSoon(Draft draft, Leadership.Follower follower) {
        follower.nextBeatMs = Math.max(draft.nowMs, follower.lastBeatMs + BEAT_AGAIN_MS);
    }

    /** A beat to everybody; answers to it prove that this member still leads. */
    static void newRound(Draft draft, Leadership leadership) {
        leadership.round++;
        draft.heartbeatDueMs = draft.settings.beatIntervalMs();
        leadership.followers.values().forEach(follower -> sendBeat(draft, leadership, follower));
    }

    private static void sendBeat(Draft draft, Leadership leadership, Leadership.Follower follower) {
        follower.lastBeatMs = draft.nowMs;
        follower.nextBeatMs = draft.nowMs + draft.settings.beatIntervalMs();
        draft.emit(new Effect.SendBeat(follower.member, leadership.round, beat(draft, leadership)));
    }

    /** The same beat for everybody at the same version: its list of keys may be long. */
    private static Beat beat(Draft draft, Leadership leadership) {
        RaftPeer self = draft.self();
        Beat last = leadership.lastBeat;
        if (last != null && last.peer().equals(self)) {
            return last;
        }
        List<Beat.Item> items;
        if (last != null && last.peer().pledge().equals(self.pledge())) {
            items = last.items();
        } else if (leadership.stage == Leadership.Stage.GATHERING) {
            items = List.of();
        } else {
            items = new ArrayList<>(draft.held.datums().size());
            for (Datum datum : draft.held.datums().values()) {
                items.add(new Beat.Item(datum.key(), datum.timestamp(), datum.position()));
            }
        }
        Beat beat = new Beat(self, items);
        leadership.lastBeat = beat;
        return beat;
    }

    /** Commits what a majority holds, ends what waited for it, and opens the next round. */
    static void advance(Draft draft, Leadership leadership) {
        if (leadership.stage == Leadership.Stage.GATHERING) {
            return;
        }
        Position reached =
                Stream.concat(
                                Stream.of(draft.held.position()),
                                leadership.followers.values().stream()
                                        .map(follower -> follower.acked))
                        .sorted(Comparator.reverseOrder())
                        .skip(draft.settings.majority() - 1L)
                        .findFirst()
                        .orElse(Position.NONE);
        if (reached.ballot() == leadership.ballot && reached.compareTo(leadership.committed) > 0) {
            leadership.committed = reached;
        }
        boolean ready = leadership.committed.compareTo(leadership.stamp) >= 0;
        if (leadership.stage == Leadership.Stage.STAMPING && ready) {
            leadership.stage = Leadership.Stage.SERVING;
            draft.note(
                    "leader-ready ballot=" + leadership.ballot + " position=" + leadership.stamp);
            draft.emit(new Effect.LeadershipReady(leadership.ballot));
        }
        leadership.ops.removeIf(
                op -> {
                    boolean done = op.position().compareTo(leadership.committed) <= 0;
                    if (done) {
                        draft.emit(
                                new Effect.Ended(op.opId(), new Outcome.Committed(op.position())));
                    }
                    return done;
                });
        endConfirms(draft, leadership);
    }

    private static void endConfirms(Draft draft, Leadership leadership) {
        if (leadership.stage != Leadership.Stage.SERVING || leadership.confirms.isEmpty()) {
            return;
        }
        long proved =
                Stream.concat(
                                Stream.of(leadership.round),
                                leadership.followers.values().stream()
                                        .map(follower -> follower.round))
                        .sorted(Comparator.reverseOrder())
                        .skip(draft.settings.majority() - 1L)
                        .findFirst()
                        .orElse(0L);
        leadership.confirms.removeIf(
                confirm -> {
                    boolean done =
                            confirm.round() <= proved
                                    && confirm.position().compareTo(leadership.committed) <= 0;
                    if (done) {
                        draft.emit(
                                new Effect.Ended(
                                        confirm.opId(),
                                        new Outcome.Committed(leadership.committed)));
                    }
                    return done;
                });
        boolean next =
                proved == leadership.round
                        && leadership.confirms.stream()
                                .anyMatch(confirm -> confirm.round() > leadership.round);
        if (next) {
            newRound(draft, leadership);
            if (draft.settings.majority() == 1) {
                endConfirms(draft, leadership);
            }
        }
    }

    private static void expire(Draft draft, Leadership leadership) {
        leadership.ops.removeIf(
                op -> {
                    boolean late = op.deadlineMs() <= draft.nowMs;
                    if (late) {
                        draft.emit(
                                new Effect.Ended(
                                        op.opId(),
                                        new Outcome.Unknown(
                                                "data publish failed, caused failed to notify"
                                                        + " majority")));
                    }
                    return late;
                });
        leadership.confirms.removeIf(
                confirm -> {
                    boolean late = confirm.deadlineMs() <= draft.nowMs;
                    if (late) {
                        draft.emit(
                                new Effect.Ended(
                                        confirm.opId(),
                                        new Outcome.NotNow("no majority answered in time")));
                    }
                    return late;
                });
    }

    private static void ack(
            Leadership leadership, Leadership.Follower follower, Position position) {
        if (position.ballot() == leadership.ballot && position.compareTo(follower.acked) > 0) {
            follower.acked = position;
        }
    }

    private static boolean caughtUp(Draft draft, Leadership.Follower follower) {
        return follower.at.equals(Optional.of(draft.held.position()));
    }
}
