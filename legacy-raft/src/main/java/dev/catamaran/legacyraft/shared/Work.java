package dev.catamaran.legacyraft.shared;

import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.CoreSettings;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.Outcome;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.core.Tombstone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The next state while a step works on it, with the effects so far. Lives for one step. */
final class Work {

    /** A term further ahead than this is a forgery: 1.x adds a hundred with each publish. */
    static final long MAX_TERM_JUMP = 1_000_000;

    /** Why something was fetched. */
    enum Purpose {
        FOLLOW,
        CONFIRM,
        GATHER
    }

    /** A fetch under way. */
    record Asked(String member, List<String> keys, Purpose purpose, long sinceMs) {
        Asked {
            keys = List.copyOf(keys);
        }
    }

    /** How many records a member told us it has. */
    record Told(int records, long atMs) {}

    final SharedSettings settings;
    final List<Effect> effects = new ArrayList<>();
    List<String> members;
    Held held;
    RaftPeer.State role = RaftPeer.State.FOLLOWER;
    Optional<String> leader = Optional.empty();
    long leaderTerm;

    boolean leaderIsReal;

    /** A term that another member has passed; the next campaign is above it. */
    long passedTerm;

    long heardLeaderMs = Long.MIN_VALUE / 2;
    long nowMs;
    long leaderDueMs;
    long heartbeatDueMs;
    long random;
    long ids;
    long lookedMs = Long.MIN_VALUE / 2;
    int looks;
    final Set<String> votes;
    final SortedMap<String, RaftPeer> seen;
    final Map<Long, Asked> asked;
    final Map<String, Told> told;

    /** How often in a row a candidate was denied a vote. */
    final Map<String, Integer> denied;

    /** Highest timestamp of each key that the present leader has sent. */
    KeyMap<Long> fromLeader = KeyMap.empty();

    /** When a key was last put or deleted here, for as long as a message may be under way. */
    KeyMap<Long> touchedMs = KeyMap.empty();

    /** How much of what its leader did this member has. */
    final Progress progress;

    @Nullable Quarantine heldBack;
    @Nullable Lead lead;

    Work(SharedSettings settings, Held held, long random) {
        this.settings = settings;
        this.members = settings.core().members();
        this.held = held;
        this.random = random;
        this.votes = new HashSet<>();
        this.seen = new TreeMap<>();
        this.asked = new HashMap<>();
        this.told = new HashMap<>();
        this.denied = new HashMap<>();
        this.progress = new Progress();
        this.heartbeatDueMs = core().beatIntervalMs();
        // as 1.x draws it, but not before a live leader had time for a beat
        this.leaderDueMs = core().beatIntervalMs() * 3 / 2 + spread(core().leaderTimeoutMs());
    }

    Work(Work other) {
        this.settings = other.settings;
        this.members = other.members;
        this.held = other.held;
        this.role = other.role;
        this.leader = other.leader;
        this.leaderTerm = other.leaderTerm;
        this.passedTerm = other.passedTerm;
        this.leaderIsReal = other.leaderIsReal;
        this.heardLeaderMs = other.heardLeaderMs;
        this.nowMs = other.nowMs;
        this.leaderDueMs = other.leaderDueMs;
        this.heartbeatDueMs = other.heartbeatDueMs;
        this.random = other.random;
        this.ids = other.ids;
        this.lookedMs = other.lookedMs;
        this.looks = other.looks;
        this.votes = new HashSet<>(other.votes);
        this.seen = new TreeMap<>(other.seen);
        this.asked = new HashMap<>(other.asked);
        this.told = new HashMap<>(other.told);
        this.denied = new HashMap<>(other.denied);
        this.fromLeader = other.fromLeader;
        this.touchedMs = other.touchedMs;
        this.progress = new Progress(other.progress);
        this.heldBack = other.heldBack;
        this.lead = other.lead == null ? null : new Lead(other.lead);
    }

    CoreSettings core() {
        return settings.core();
    }

    String me() {
        return core().self();
    }

    boolean has(Defence defence) {
        return settings.defences().contains(defence);
    }

    int majority() {
        return members.size() / 2 + 1;
    }

    boolean isMember(String address) {
        return members.contains(address);
    }

    List<String> others() {
        return members.stream().filter(member -> !member.equals(me())).toList();
    }

    RaftPeer self() {
        return new RaftPeer(
                me(),
                held.votedFor(),
                held.term(),
                leaderDueMs,
                heartbeatDueMs,
                role,
                // shows whose the message is, and how far a leader has come; not read by 1.x
                Optional.of(new RaftPeer.Pledge(0, reached(), 0)));
    }

    /** How far the copy has come: a leader that has read all is where its last change was. */
    Position reached() {
        return lead == null || !lead.serving
                ? progress.reached()
                : Progress.position(lead.term, lead.numbers);
    }

    void emit(Effect effect) {
        effects.add(effect);
    }

    void note(String what) {
        effects.add(new Effect.Noted(what));
    }

    void resetLeaderDue() {
        leaderDueMs = core().leaderTimeoutMs() + spread(Math.max(1, core().leaderTimeoutMs() / 3));
    }

    private long spread(long below) {
        random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        return Math.floorMod(random >>> 16, Math.max(1, below));
    }

    /** Takes over a term and a vote in it, saved before anything is answered. */
    void vote(long term, Optional<String> vote) {
        held = held.withBallot(held.ballot() + 1, vote, term);
        if (has(Defence.SAVED_VOTE)) {
            emit(new Effect.SaveBallot(held.ballot(), vote, term));
        }
    }

    void moveTerm(long term) {
        if (term != held.term()) {
            held = held.withTerm(term);
            emit(new Effect.SaveTerm(term));
        }
    }

    void stepDown(String because) {
        Lead ended = lead;
        if (ended != null && ended.serving) {
            progress.hasAll(Progress.position(ended.term, ended.numbers));
        }
        lead = null;
        role = RaftPeer.State.FOLLOWER;
        leader = Optional.empty();
        asked.values().removeIf(one -> one.purpose() == Purpose.GATHER);
        resetLeaderDue();
        if (ended == null) {
            return;
        }
        note("leader-ended term=" + ended.term + " because=" + because);
        for (Lead.Op op : ended.ops.values()) {
            if (op.wished()) {
                end(op.opId(), new Outcome.Unknown("leadership ended before a majority answered"));
            }
        }
        for (Lead.Queued queued : ended.queue) {
            end(queued.opId(), new Outcome.NotNow("leadership ended"));
        }
        for (Lead.Proof proof : ended.proofs) {
            end(proof.opId(), new Outcome.NotNow("leadership ended"));
        }
    }

    void end(long opId, Outcome outcome) {
        emit(new Effect.Ended(opId, outcome));
    }

    /** Whether a key changed here so lately that a message may be older than that. */
    boolean touchedSince(String key, long atMs) {
        return touchedMs.get(key).orElse(Long.MIN_VALUE) >= atMs && has(Defence.COMMIT_ORDER);
    }

    /** Changes so old that no message can be older are forgotten. */
    void forgetTouched(long beforeMs) {
        List<String> old = new ArrayList<>();
        touchedMs.forEach(
                (key, atMs) -> {
                    if (atMs < beforeMs) {
                        old.add(key);
                    }
                });
        old.forEach(key -> touchedMs = touchedMs.without(key));
    }

    void put(String key, String value, long timestamp) {
        touchedMs = touchedMs.with(key, nowMs);
        Change change = new Change.Put(new Datum(key, value, timestamp, Position.NONE));
        held = held.after(change);
        emit(new Effect.SaveChange(change));
        emit(new Effect.Changed(Set.of(key)));
    }

    /** Takes a key out; what is left tells its last timestamp. */
    void delete(String key, long timestamp) {
        touchedMs = touchedMs.with(key, nowMs);
        if (!has(Defence.TOMBSTONES)) {
            held = held.at(Position.NONE, held.datums().without(key), held.tombstones());
            emit(new Effect.SaveChange(new Change.Delete(new Tombstone(key, 0, Position.NONE))));
            emit(new Effect.Changed(Set.of(key)));
            return;
        }
        Change change =
                new Change.Delete(
                        new Tombstone(
                                key, Math.max(timestamp, held.lastTimestamp(key)), Position.NONE));
        held = held.after(change);
        emit(new Effect.SaveChange(change));
        emit(new Effect.Changed(Set.of(key)));
    }

    void fetch(String member, List<String> keys, Purpose purpose) {
        long id = ++ids;
        asked.put(id, new Asked(member, keys, purpose, nowMs));
        emit(new Effect.Fetch(id, member, keys));
    }

    boolean asking(Purpose purpose) {
        return asked.values().stream().anyMatch(one -> one.purpose() == purpose);
    }

    /** The list counts as it is now, whether somebody came or went. */
    void changeMembers(List<String> list) {
        List<String> now = list.stream().distinct().sorted().toList();
        if (!has(Defence.WHOLE_LIST) && members.containsAll(now)) {
            return;
        }
        members = now;
        votes.removeIf(voter -> !isMember(voter));
        seen.keySet().removeIf(one -> !isMember(one));
        if (leader.isPresent() && !isMember(leader.get()) && !leader.get().equals(me())) {
            leader = Optional.empty();
        }
        if (!isMember(me())) {
            stepDown("this member was taken from the list");
        }
    }
}
