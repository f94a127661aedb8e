package dev.catamaran.legacyraft.shared;

import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.RaftPeer;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A member's whole state between two events. Never changes; made by {@link SharedRaft} alone. */
public final class SharedState {

    private final Work work;

    SharedState(Work work) {
        this.work = work;
    }

    Work copy() {
        return new Work(work);
    }

    public Held held() {
        return work.held;
    }

    /** What this member says of itself. */
    public RaftPeer peer() {
        return work.self();
    }

    /** Address of the leader this member follows or is; empty if it knows none. */
    public Optional<String> leader() {
        return work.leader;
    }

    public boolean isLeader() {
        return work.lead != null;
    }

    /** Whether this member leads, has read what a majority holds, and takes changes. */
    public boolean isServing() {
        return work.lead != null && work.lead.serving;
    }

    /** Keys the leader's beats do not list and that are kept until that is confirmed. */
    public SortedSet<String> heldBack() {
        return work.heldBack == null ? new TreeSet<>() : new TreeSet<>(work.heldBack.keys());
    }

    /** All members as last seen, self included, sorted by address. */
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
