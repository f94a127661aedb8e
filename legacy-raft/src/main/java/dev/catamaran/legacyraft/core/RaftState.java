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
public final class RaftState implements MemberState {

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

    @Override
    public MemberState.Step step(Event event) {
        RaftCore.Step step = RaftCore.step(this, event);
        return new MemberState.Step(step.state(), step.effects());
    }

    @Override
    public Held held() {
        return held;
    }

    @Override
    public Optional<String> leader() {
        return leader;
    }

    @Override
    public boolean isLeader() {
        return role == RaftPeer.State.LEADER;
    }

    @Override
    public boolean isServing() {
        return leadership != null && leadership.stage == Leadership.Stage.SERVING;
    }

    @Override
    public long leadership() {
        return leadership == null ? 0 : held.ballot();
    }

    /** Real servers promise nothing here, and are not followed. */
    @Override
    public boolean followsReal() {
        return false;
    }

    @Override
    public Position reached() {
        return held.mixed() || held.damaged() ? Position.NONE : held.position();
    }

    @Override
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

    @Override
    public List<RaftPeer> peers() {
        SortedMap<String, RaftPeer> all = new TreeMap<>(seen);
        for (String member : settings.members()) {
            all.computeIfAbsent(member, RaftState::unseen);
        }
        all.put(settings.self(), peer());
        return List.copyOf(all.values());
    }

    private static RaftPeer unseen(String address) {
        return new RaftPeer(
                address, Optional.empty(), 0, 0, 0, RaftPeer.State.FOLLOWER, Optional.empty());
    }
}
