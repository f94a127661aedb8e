package dev.catamaran.legacyraft.core;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A member's whole state between two events. Immutable; made by {@link RaftCore} alone. */
public final class RaftState {

    final CoreSettings settings;
    final Held held;
    final long epoch;
    final RaftPeer.State role;
    final Optional<String> leader;
    final long nowMs;
    final long leaderDueMs;
    final long heartbeatDueMs;
    final long random;
    final Set<String> votes;
    final SortedMap<String, RaftPeer> seen;
    final long fetchIds;
    final @Nullable Leadership leadership;
    final @Nullable CatchUp catchUp;

    RaftState(Draft draft) {
        settings = draft.settings;
        held = draft.held;
        epoch = draft.epoch;
        role = draft.role;
        leader = draft.leader;
        nowMs = draft.nowMs;
        leaderDueMs = draft.leaderDueMs;
        heartbeatDueMs = draft.heartbeatDueMs;
        random = draft.random;
        votes = Set.copyOf(draft.votes);
        seen = Collections.unmodifiableSortedMap(draft.seen);
        fetchIds = draft.fetchIds;
        leadership = draft.leadership;
        catchUp = draft.catchUp;
    }

    /** A member that has just started with what it holds on disk. */
    public static RaftState start(CoreSettings settings, Held held, long epoch, long random) {
        requireNonNull(settings, "settings is null");
        requireNonNull(held, "held is null");
        return new RaftState(new Draft(settings, held, epoch, random));
    }

    public Held held() {
        return held;
    }

    /** Address of the leader this member follows or is; empty if it knows none. */
    public Optional<String> leader() {
        return leader;
    }

    public boolean isLeader() {
        return role == RaftPeer.State.LEADER;
    }

    /** Whether this member leads and has brought a majority to its version. */
    public boolean isServing() {
        return leadership != null && leadership.stage == Leadership.Stage.SERVING;
    }

    /** What this member says of itself. */
    public RaftPeer peer() {
        return new RaftPeer(
                settings.self(),
                held.votedFor(),
                held.term(),
                leaderDueMs,
                heartbeatDueMs,
                role,
                Optional.of(new RaftPeer.Pledge(held.ballot(), held.position(), epoch)));
    }

    /** All members as last seen, self included, sorted by address. */
    public List<RaftPeer> peers() {
        SortedMap<String, RaftPeer> all = new TreeMap<>(seen);
        for (String member : settings.members()) {
            all.computeIfAbsent(member, RaftState::unseen);
        }
        all.put(settings.self(), peer());
        return List.copyOf(all.values());
    }

    /** The leader as last seen; empty if this member knows none. */
    public Optional<RaftPeer> leaderPeer() {
        return leader.map(
                address ->
                        address.equals(settings.self())
                                ? peer()
                                : seen.getOrDefault(address, unseen(address)));
    }

    private static RaftPeer unseen(String address) {
        return new RaftPeer(
                address, Optional.empty(), 0, 0, 0, RaftPeer.State.FOLLOWER, Optional.empty());
    }
}
