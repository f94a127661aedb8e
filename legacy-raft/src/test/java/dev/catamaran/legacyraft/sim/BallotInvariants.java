package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.MemberState;
import dev.catamaran.legacyraft.core.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Of members that pledge ballots: one leader in a ballot; a position names its content; nothing
 * acknowledged is missing at the newest serving leader, and nothing deleted is back there; a proof
 * is not older than an acknowledgement before it; at the end all are equal.
 */
final class BallotInvariants implements Invariants {

    /** A change somebody asked for. */
    private record Wish(String key, boolean delete, Position position) {}

    private final Map<Long, String> leaders = new HashMap<>();
    private final Map<Position, KeyMap<Datum>> versions = new HashMap<>();
    private final Map<Long, Wish> wishes = new TreeMap<>();
    private final Map<String, Wish> acknowledged = new HashMap<>();
    private final Map<Long, Position> proofs = new HashMap<>();
    private int acknowledgements;
    private Position farthest = Position.NONE;
    private long newestServing;

    @Override
    public void submitted(OurMember leader, long opId, String key, Optional<String> value) {
        Position next = leader.state().held().position().next();
        wishes.put(opId, new Wish(key, value.isEmpty(), next));
    }

    @Override
    public void proofWanted(long opId) {
        proofs.put(opId, farthest);
    }

    @Override
    public void acknowledged(long opId, Position position) {
        Position asked = proofs.getOrDefault(opId, Position.NONE);
        if (position.compareTo(asked) < 0) {
            throw new AssertionError("a proof is older than an acknowledgement before it");
        }
        Wish wish = wishes.get(opId);
        if (wish != null) {
            acknowledgements++;
            farthest = wish.position().compareTo(farthest) > 0 ? wish.position() : farthest;
            acknowledged.merge(
                    wish.key(),
                    wish,
                    (one, other) -> one.position().compareTo(other.position()) >= 0 ? one : other);
        }
    }

    @Override
    public void check(Fleet fleet, OurMember stepped) {
        if (!stepped.runs()) {
            return;
        }
        MemberState state = stepped.state();
        Held held = state.held();
        if (state.isLeader()) {
            String leader = leaders.computeIfAbsent(held.ballot(), ballot -> stepped.name());
            if (!leader.equals(stepped.name())) {
                throw new AssertionError(
                        leader
                                + " and "
                                + stepped.name()
                                + " lead in one ballot, "
                                + held.ballot());
            }
        }
        checkVersion(stepped, held);
        if (state.isServing() && held.ballot() >= newestServing) {
            newestServing = held.ballot();
            checkNothingLost(stepped, held);
        }
    }

    /** A position names its content. */
    private void checkVersion(OurMember member, Held held) {
        if (held.position().index() == 0 || held.mixed() || held.damaged()) {
            return;
        }
        KeyMap<Datum> known = versions.putIfAbsent(held.position(), held.datums());
        if (known != null && !known.equals(held.datums())) {
            throw new AssertionError(
                    "version "
                            + held.position()
                            + " at "
                            + member.name()
                            + " is "
                            + held.datums()
                            + ", elsewhere it is "
                            + known);
        }
    }

    private void checkNothingLost(OurMember member, Held held) {
        acknowledged.forEach(
                (key, wish) -> {
                    Optional<Datum> datum = held.datums().get(key);
                    if (datum.isPresent()) {
                        int order = datum.get().position().compareTo(wish.position());
                        if (wish.delete() ? order <= 0 : order < 0) {
                            throw new AssertionError(
                                    wish + " became " + datum + " at " + member.name());
                        }
                    } else if (!wish.delete() && !deletedAfter(wish)) {
                        throw new AssertionError(wish + " is gone from " + member.name());
                    }
                });
    }

    private boolean deletedAfter(Wish wish) {
        return wishes.values().stream()
                .anyMatch(
                        other ->
                                other.delete()
                                        && other.key().equals(wish.key())
                                        && other.position().compareTo(wish.position()) > 0);
    }

    @Override
    public void checkAtTheEnd(Fleet fleet) {
        Held first = fleet.ours().get(0).state().held();
        for (OurMember member : fleet.ours()) {
            Held held = member.state().held();
            if (!held.datums().equals(first.datums())
                    || !held.position().equals(first.position())) {
                throw new AssertionError(
                        member.name()
                                + " ends at "
                                + held.position()
                                + " with "
                                + held.datums()
                                + ", the first at "
                                + first.position()
                                + " with "
                                + first.datums());
            }
            checkNothingLost(member, held);
        }
        for (RealMember member : fleet.real()) {
            member.checkHolds(first.datums());
        }
    }

    @Override
    public boolean oursMustLead(Fleet fleet) {
        return true;
    }

    @Override
    public int acknowledgements() {
        return acknowledgements;
    }
}
