package dev.catamaran.legacyraft.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a leader keeps about its followers and its unfinished changes. Changed only inside the
 * {@link Draft} that copied it.
 */
final class Leadership {

    /** Changes kept for followers that are a little behind; others are sent the whole list. */
    static final int RING = 512;

    /** How far a leadership has come. */
    enum Stage {
        /** No member of ours has ever written: all members' files are being gathered. */
        GATHERING,
        /** A majority is being brought to the leader's version. */
        STAMPING,
        SERVING
    }

    /** A change somebody waits for. */
    record Op(long opId, Position position, long deadlineMs) {}

    /** A proof somebody waits for. */
    record Confirm(long opId, long round, Position position, long deadlineMs) {}

    /** What the leader knows of a follower. */
    static final class Follower {
        final String member;

        /** Where it stands by its last answer; empty when that is not known any more. */
        Optional<Position> at = Optional.empty();

        /** Farthest version of this ballot it has stored durably. */
        Position acked = Position.NONE;

        Optional<Position> inFlight = Optional.empty();
        long round;
        long lastAnswerMs;
        long lastBeatMs;
        long nextBeatMs;

        Follower(String member, long nowMs) {
            this.member = member;
            this.lastAnswerMs = nowMs;
        }

        private Follower(Follower other) {
            this.member = other.member;
            this.at = other.at;
            this.acked = other.acked;
            this.inFlight = other.inFlight;
            this.round = other.round;
            this.lastAnswerMs = other.lastAnswerMs;
            this.lastBeatMs = other.lastBeatMs;
            this.nextBeatMs = other.nextBeatMs;
        }
    }

    final long ballot;
    final SortedMap<String, Follower> followers = new TreeMap<>();
    final List<Change> ring;
    final List<Op> ops;
    final List<Confirm> confirms;
    final SortedMap<String, List<Datum>> inventories;
    Stage stage = Stage.STAMPING;
    Position stamp = Position.NONE;
    Position committed = Position.NONE;
    long round;
    long gatherSinceMs;
    long gatherAgainMs;
    @Nullable Beat lastBeat;

    Leadership(long ballot, List<String> others, long nowMs) {
        this.ballot = ballot;
        this.ring = new ArrayList<>();
        this.ops = new ArrayList<>();
        this.confirms = new ArrayList<>();
        this.inventories = new TreeMap<>();
        for (String member : others) {
            followers.put(member, new Follower(member, nowMs));
        }
    }

    private Leadership(Leadership other) {
        this.ballot = other.ballot;
        other.followers.forEach((name, follower) -> followers.put(name, new Follower(follower)));
        this.ring = new ArrayList<>(other.ring);
        this.ops = new ArrayList<>(other.ops);
        this.confirms = new ArrayList<>(other.confirms);
        this.inventories = new TreeMap<>(other.inventories);
        this.stage = other.stage;
        this.stamp = other.stamp;
        this.committed = other.committed;
        this.round = other.round;
        this.gatherSinceMs = other.gatherSinceMs;
        this.gatherAgainMs = other.gatherAgainMs;
        this.lastBeat = other.lastBeat;
    }

    Leadership copy() {
        return new Leadership(this);
    }

    void remember(Change change) {
        if (ring.size() >= RING) {
            ring.subList(0, RING / 2).clear();
        }
        ring.add(change);
    }

    /** The change that follows a follower's version, if it is still kept. */
    Optional<Change> after(Position at) {
        if (at.ballot() != ballot || ring.isEmpty()) {
            return Optional.empty();
        }
        long offset = at.index() + 1 - ring.get(0).position().index();
        return offset >= 0 && offset < ring.size()
                ? Optional.of(ring.get((int) offset))
                : Optional.empty();
    }
}
