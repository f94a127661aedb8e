package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.MemberState;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.shared.SharedState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Of members that share the raft with real ones: one leader of ours in a term; no follower of ours
 * loses much at once, whatever a real leader says; at the end all are equal, but for what is held
 * back. Where all are ours: what was acknowledged is not lost, and what was deleted is not back.
 */
final class SharedInvariants implements Invariants {

    private static final int MUCH = 3;

    /** A change somebody asked for, in the order of asking. */
    private record Wish(long opId, String key, Optional<String> value) {}

    private final Map<Long, String> leaders = new HashMap<>();
    private final Map<String, List<Wish>> wishes = new HashMap<>();
    private final Map<Long, Wish> open = new HashMap<>();
    private final Map<String, Wish> acknowledged = new TreeMap<>();
    private final Map<String, Position> positions = new HashMap<>();
    private final Map<String, KeyMap<Datum>> before = new HashMap<>();
    private final Map<String, Integer> lives = new HashMap<>();
    private int acknowledgements;
    private long newestTerm;

    @Override
    public void submitted(OurMember leader, long opId, String key, Optional<String> value) {
        Wish wish = new Wish(opId, key, value);
        wishes.computeIfAbsent(key, any -> new ArrayList<>()).add(wish);
        open.put(opId, wish);
    }

    @Override
    public void proofWanted(long opId) {
        // a proof carries no version here
    }

    @Override
    public void acknowledged(long opId, Position position) {
        Wish wish = open.remove(opId);
        if (wish != null) {
            acknowledgements++;
            Wish before = acknowledged.get(wish.key());
            if (before == null || before.opId() < wish.opId()) {
                acknowledged.put(wish.key(), wish);
                positions.put(wish.key(), position);
            }
        }
    }

    @Override
    public void check(Fleet fleet, OurMember stepped) {
        if (!stepped.runs()) {
            return;
        }
        MemberState state = stepped.state();
        boolean followsReal =
                state.leader()
                        .filter(leader -> fleet.member(leader) instanceof RealMember)
                        .isPresent();
        checkNothingWiped(stepped, state, followsReal);
        if (fleet.real().isEmpty()) {
            acknowledged.values().stream()
                    .filter(wish -> hasReached(state, wish))
                    .forEach(wish -> checkExplained(stepped, state.held(), wish));
        }
        if (state.isLeader()) {
            long term = state.peer().term();
            String leader = leaders.computeIfAbsent(term, any -> stepped.name());
            if (!leader.equals(stepped.name())) {
                throw new AssertionError(
                        leader + " and " + stepped.name() + " lead in one term, " + term);
            }
            if (state.isServing() && term >= newestTerm) {
                newestTerm = term;
                checkNothingLost(fleet, stepped, state.held());
            }
        }
    }

    private void checkNothingWiped(OurMember member, MemberState state, boolean followsReal) {
        KeyMap<Datum> now = state.held().datums();
        boolean sameLife = lives.getOrDefault(member.name(), -1) == member.life();
        KeyMap<Datum> then = sameLife ? before.getOrDefault(member.name(), now) : now;
        int lost = then.size() - now.size();
        if (followsReal && lost >= MUCH && lost * 2 > then.size()) {
            throw new AssertionError(
                    member.name() + " lost " + lost + " of " + then.size() + " keys at once");
        }
        before.put(member.name(), now);
        lives.put(member.name(), member.life());
    }

    /** A real follower may drop what it confirmed, when an older beat comes late. */
    private void checkNothingLost(Fleet fleet, OurMember member, Held held) {
        if (!fleet.real().isEmpty()) {
            return;
        }
        acknowledged.values().forEach(last -> checkExplained(member, held, last));
    }

    /** Whether the member says that its copy has come as far as an acknowledged change. */
    private boolean hasReached(MemberState state, Wish wish) {
        Position at = positions.getOrDefault(wish.key(), Position.NONE);
        return state.reached().compareTo(at) >= 0;
    }

    private void checkExplained(OurMember member, Held held, Wish last) {
        Optional<String> is = held.datums().get(last.key()).map(Datum::value);
        boolean explained =
                wishes.getOrDefault(last.key(), List.of()).stream()
                        .filter(wish -> wish.opId() >= last.opId())
                        .anyMatch(wish -> wish.value().equals(is));
        if (!explained) {
            throw new AssertionError(
                    last + " was acknowledged and is " + is + " at " + member.name());
        }
    }

    @Override
    public void checkAtTheEnd(Fleet fleet) {
        Optional<OurMember> leader =
                fleet.ours().stream().filter(ours -> ours.state().isServing()).findFirst();
        if (leader.isPresent()) {
            KeyMap<Datum> truth = leader.get().state().held().datums();
            checkNothingLost(fleet, leader.get(), leader.get().state().held());
            for (OurMember member : fleet.ours()) {
                SortedSet<String> keys = keys(member);
                if (!keys.equals(keys(leader.get()))
                        || (fleet.real().isEmpty()
                                && !member.state().held().datums().equals(truth))) {
                    throw new AssertionError(
                            member.name()
                                    + " ends with "
                                    + member.state().held().datums()
                                    + ", its leader with "
                                    + truth);
                }
            }
            fleet.real().forEach(real -> real.checkHolds(truth));
            return;
        }
        RealMember real = fleet.real().stream().filter(RealMember::leads).findFirst().orElseThrow();
        for (OurMember member : fleet.ours()) {
            if (!keys(member).equals(real.keys())) {
                throw new AssertionError(
                        member.name()
                                + " ends with "
                                + keys(member)
                                + ", its real leader with "
                                + real.keys());
            }
        }
    }

    private static SortedSet<String> keys(OurMember member) {
        TreeSet<String> keys = new TreeSet<>();
        member.state().held().datums().forEach((key, datum) -> keys.add(key));
        if (member.state() instanceof SharedState shared) {
            keys.removeAll(shared.heldBack());
        }
        return keys;
    }

    @Override
    public boolean oursMustLead(Fleet fleet) {
        return fleet.real().isEmpty();
    }

    @Override
    public int acknowledgements() {
        return acknowledgements;
    }
}
