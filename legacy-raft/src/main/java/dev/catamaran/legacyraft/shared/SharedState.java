package dev.catamaran.legacyraft.shared;

import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.MemberState;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.RaftPeer;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A member's whole state between two events. Never changes; made by {@link SharedRaft} alone. */
public final class SharedState implements MemberState {

    private final Work work;

    SharedState(Work work) {
        this.work = work;
    }

    Work copy() {
        return new Work(work);
    }

    @Override
    public MemberState.Step step(Event event) {
        SharedRaft.Step step = SharedRaft.step(this, event);
        return new MemberState.Step(step.state(), step.effects());
    }

    @Override
    public Held held() {
        return work.held;
    }

    @Override
    public RaftPeer peer() {
        return work.self();
    }

    @Override
    public Optional<String> leader() {
        return work.leader;
    }

    @Override
    public boolean isLeader() {
        return work.lead != null;
    }

    @Override
    public boolean isServing() {
        return work.lead != null && work.lead.serving;
    }

    @Override
    public long leadership() {
        return work.lead == null ? 0 : work.lead.term;
    }

    @Override
    public boolean followsReal() {
        return work.lead == null && work.leader.isPresent() && work.leaderIsReal;
    }

    @Override
    public int realFollowers() {
        return work.lead == null ? 0 : Ruling.realFollowers(work, work.lead);
    }

    @Override
    public Position reached() {
        return work.reached();
    }

    @Override
    public SortedSet<String> heldBack() {
        return work.heldBack == null ? new TreeSet<>() : new TreeSet<>(work.heldBack.keys());
    }

    @Override
    public List<RaftPeer> peers() {
        SortedMap<String, RaftPeer> all = new TreeMap<>(work.seen);
        for (String member : work.members) {
            all.computeIfAbsent(
                    member,
                    address ->
                            new RaftPeer(
                                    address,
                                    Optional.empty(),
                                    0,
                                    0,
                                    0,
                                    RaftPeer.State.FOLLOWER,
                                    Optional.empty()));
        }
        all.put(peer().ip(), peer());
        return List.copyOf(all.values());
    }
}
