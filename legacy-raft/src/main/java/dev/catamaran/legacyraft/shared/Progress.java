package dev.catamaran.legacyraft.shared;

import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.Position;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * How much of what its leader did a follower has. A leader of ours counts its changes and says the
 * count in its beats and commits; real servers do not read it, and have none. Changed only inside
 * the {@link Work} that copied it.
 */
final class Progress {

    /** Changes that came before an earlier one did; more are left to the next beat. */
    private static final int MAX_AHEAD = 4_096;

    private static final long TERM_BITS = (1L << 31) - 1;

    private Position reached = Position.NONE;

    /** Where the leader was in the newest beat of it. */
    private Position listed = Position.NONE;

    private KeyMap<Position> gone = KeyMap.empty();
    private final TreeSet<Long> ahead;

    /** Where the copy is once these keys have been fetched. */
    private Position reaching = Position.NONE;

    private final Set<String> fetching;

    Progress() {
        this.ahead = new TreeSet<>();
        this.fetching = new HashSet<>();
    }

    Progress(Progress other) {
        this.reached = other.reached;
        this.listed = other.listed;
        this.gone = other.gone;
        this.ahead = new TreeSet<>(other.ahead);
        this.reaching = other.reaching;
        this.fetching = new HashSet<>(other.fetching);
    }

    /** Terms grow by a hundred with each publish of 1.x; positions keep their last 31 bits. */
    static Position position(long term, long number) {
        return new Position(term & TERM_BITS, number);
    }

    Position reached() {
        return reached;
    }

    /** A beat of a leader came; false if a newer one came before it. */
    boolean lists(Position leader) {
        if (leader.compareTo(listed) < 0) {
            return false;
        }
        listed = leader;
        return true;
    }

    /** A beat of the leader did not list a key, which went here for that. */
    void gone(String key, Position leader) {
        gone = gone.size() < MAX_AHEAD ? gone.with(key, leader) : KeyMap.empty();
    }

    /** Whether a key went by a beat that is newer than this change of it. */
    boolean isGone(String key, long term, long number) {
        Position change = position(term, number);
        return number > 0 && gone.get(key).filter(at -> change.compareTo(at) <= 0).isPresent();
    }

    /** A change of the leader in this term was applied. */
    void applied(long term, long number) {
        if (reached.ballot() != (term & TERM_BITS) || number <= reached.index()) {
            return;
        }
        ahead.add(number);
        advance();
        while (ahead.size() > MAX_AHEAD) {
            ahead.pollLast();
        }
    }

    /** The copy is what the leader's was when it sent a beat, or newer. */
    void hasAll(Position leader) {
        if (leader.compareTo(reached) > 0) {
            if (leader.ballot() != reached.ballot()) {
                ahead.clear();
            }
            reached = leader;
            ahead.headSet(leader.index(), true).clear();
            advance();
        }
    }

    private void advance() {
        while (ahead.remove(reached.index() + 1)) {
            reached = reached.next();
        }
    }

    /** The copy will be what the leader's was, once these keys have come. */
    void awaits(Position leader, Collection<String> keys) {
        reaching = leader;
        fetching.clear();
        fetching.addAll(keys);
    }

    /** Keys were fetched from the leader. */
    void fetched(Collection<String> keys) {
        if (!fetching.isEmpty() && fetching.removeAll(keys) && fetching.isEmpty()) {
            hasAll(reaching);
        }
    }

    /** What was asked for does not come, or another leader is followed. */
    void stopsAwaiting() {
        fetching.clear();
    }
}
