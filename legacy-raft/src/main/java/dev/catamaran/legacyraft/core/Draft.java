package dev.catamaran.legacyraft.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The next state while a step works on it, with the effects so far. Lives for one step, on one
 * thread; what it was made from is never changed.
 */
final class Draft {

    /** A ballot further ahead of ours than this is a forgery or a broken disk. */
    static final long MAX_BALLOT_JUMP = 1_000_000;

    /** The same for the 1.x term, which grows by a hundred with each publish. */
    static final long MAX_TERM_JUMP = 1_000_000;

    final CoreSettings settings;
    final List<Effect> effects = new ArrayList<>();
    Held held;
    long epoch;
    RaftPeer.State role = RaftPeer.State.FOLLOWER;
    Optional<String> leader = Optional.empty();
    long nowMs;
    long leaderDueMs;
    long heartbeatDueMs;
    long random;
    final Set<String> votes;
    final SortedMap<String, RaftPeer> seen;
    long fetchIds;
    @Nullable Leadership leadership;
    @Nullable CatchUp catchUp;

    Draft(CoreSettings settings, Held held, long epoch, long random) {
        this.settings = settings;
        this.held = held;
        this.epoch = epoch;
        this.random = random;
        this.votes = new HashSet<>();
        this.seen = new TreeMap<>();
        this.heartbeatDueMs = settings.beatIntervalMs();
        // longer than a beat interval: a member that restarts must not disturb a live leader
        this.leaderDueMs =
                settings.members().size() == 1 ? 0 : settings.beatIntervalMs() * 3 / 2 + spread();
    }

    Draft(RaftState state) {
        this.settings = state.settings;
        this.held = state.held;
        this.epoch = state.epoch;
        this.role = state.role;
        this.leader = state.leader;
        this.nowMs = state.nowMs;
        this.leaderDueMs = state.leaderDueMs;
        this.heartbeatDueMs = state.heartbeatDueMs;
        this.random = state.random;
        this.votes = new HashSet<>(state.votes);
        this.seen = new TreeMap<>(state.seen);
        this.fetchIds = state.fetchIds;
        this.leadership = state.leadership == null ? null : state.leadership.copy();
        this.catchUp = state.catchUp == null ? null : state.catchUp.copy();
    }

    RaftPeer self() {
        return new RaftPeer(
                settings.self(),
                held.votedFor(),
                held.term(),
                leaderDueMs,
                heartbeatDueMs,
                role,
                Optional.of(new RaftPeer.Pledge(held.ballot(), held.position(), epoch)));
    }

    void emit(Effect effect) {
        effects.add(effect);
    }

    void note(String what) {
        effects.add(new Effect.Noted(what));
    }

    boolean isMember(String address) {
        return settings.members().contains(address);
    }

    boolean leads() {
        return role == RaftPeer.State.LEADER;
    }

    void saw(RaftPeer peer) {
        if (isMember(peer.ip()) && !peer.ip().equals(settings.self())) {
            seen.put(peer.ip(), peer);
        }
    }

    void resetLeaderDue() {
        leaderDueMs = settings.leaderTimeoutMs() + spread();
    }

    /** A random wait, from a generator whose state is part of the state. */
    long spread() {
        random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        return Math.floorMod(random >>> 16, settings.randomMs());
    }

    /** Takes over a higher ballot, durably, before anything is answered under it. */
    void adoptBallot(long ballot) {
        if (ballot <= held.ballot()) {
            return;
        }
        boolean led = leads();
        if (led) {
            stepDown("ballot " + ballot + " was seen");
        }
        dropCatchUp();
        held = held.withBallot(ballot, Optional.empty(), held.term());
        emit(new Effect.SaveBallot(ballot, Optional.empty(), held.term()));
        role = RaftPeer.State.FOLLOWER;
        leader = Optional.empty();
        votes.clear();
        if (led) {
            // whoever raised the ballot was probably cut off; we are the likeliest to hold all
            leaderDueMs = 1 + spread() / 10;
        }
    }

    void stepDown(String because) {
        Leadership ended = leadership;
        leadership = null;
        role = RaftPeer.State.FOLLOWER;
        leader = Optional.empty();
        resetLeaderDue();
        if (ended == null) {
            return;
        }
        note("leader-ended ballot=" + held.ballot() + " because=" + because);
        for (Leadership.Op op : ended.ops) {
            emit(
                    new Effect.Ended(
                            op.opId(),
                            new Outcome.Unknown(
                                    "leadership ended before a majority answered: " + because)));
        }
        for (Leadership.Confirm confirm : ended.confirms) {
            emit(new Effect.Ended(confirm.opId(), new Outcome.NotNow("leadership ended")));
        }
    }

    /** Answers those who wait for a catch-up with what is held now, and forgets it. */
    void dropCatchUp() {
        CatchUp dropped = catchUp;
        catchUp = null;
        if (dropped != null) {
            replyTo(dropped);
        }
    }

    void replyTo(CatchUp waiting) {
        for (long replyId : waiting.replyIds) {
            emit(new Effect.ReplyPeer(replyId, true, self()));
        }
        waiting.replyIds.clear();
    }
}
