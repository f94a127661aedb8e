package dev.catamaran.legacyraft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.Position;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What must hold after every event, whatever happened. */
final class Checks {

    /** A change somebody asked for. */
    record Wish(String key, boolean delete, Position position) {}

    private final Map<Long, String> leaders = new HashMap<>();
    private final Map<Position, KeyMap<Datum>> versions = new HashMap<>();
    private final Map<Long, Wish> wishes = new TreeMap<>();
    private final Map<String, Wish> acknowledged = new HashMap<>();
    int acknowledgements;
    Position farthest = Position.NONE;

    void submitted(long opId, Wish wish) {
        wishes.put(opId, wish);
    }

    void acknowledged(long opId) {
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

    void check(Collection<Node> nodes, String where) {
        for (Node node : nodes) {
            if (node.runs()) {
                if (node.state().isLeader()) {
                    String leader =
                            leaders.computeIfAbsent(
                                    node.state().held().ballot(), ballot -> node.name);
                    if (!leader.equals(node.name)) {
                        throw new AssertionError(
                                leader + " and " + node.name + " lead one ballot, " + where);
                    }
                }
                checkVersion(node, where);
            }
        }
        nodes.stream()
                .filter(node -> node.runs() && node.state().isServing())
                .max(Comparator.comparingLong(node -> node.state().held().ballot()))
                .ifPresent(node -> checkNothingLost(node, where));
    }

    /** A position names its content. */
    private void checkVersion(Node node, String where) {
        Position position = node.state().held().position();
        if (position.index() == 0 || node.state().held().mixed()) {
            return;
        }
        KeyMap<Datum> datums = node.state().held().datums();
        KeyMap<Datum> known = versions.putIfAbsent(position, datums);
        if (known != null && !known.equals(datums)) {
            throw new AssertionError(
                    "version "
                            + position
                            + " at "
                            + node.name
                            + " is "
                            + datums
                            + ", not "
                            + known
                            + ", "
                            + where);
        }
    }

    void checkNothingLost(Node node, String where) {
        acknowledged.forEach(
                (key, wish) -> {
                    Optional<Datum> datum = node.state().held().datums().get(key);
                    if (datum.isPresent()) {
                        Position at = datum.get().position();
                        int order = at.compareTo(wish.position());
                        if (wish.delete() ? order <= 0 : order < 0) {
                            throw new AssertionError(
                                    wish + " became " + datum + " at " + node.name + ", " + where);
                        }
                    } else if (!wish.delete()) {
                        assertThat(wishes.values())
                                .as("%s is gone from %s, %s", wish, node.name, where)
                                .anyMatch(
                                        other ->
                                                other.delete()
                                                        && other.key().equals(key)
                                                        && other.position()
                                                                        .compareTo(wish.position())
                                                                > 0);
                    }
                });
    }
}
