package dev.catamaran.tool.history;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.InstanceKey;
import java.util.List;
import java.util.Map;

/**
 * What one stack of one member held when all writers had stopped.
 *
 * @param where stack and member, for reports
 * @param atNs when it was read, nanoseconds since the rehearsal began
 * @param seen every appearance of each record; a record that is not named was absent
 */
public record FinalView(String where, long atNs, Map<InstanceKey, List<Value>> seen) {
    public FinalView {
        requireNonNull(where, "where is null");
        seen = Map.copyOf(seen);
    }

    List<Value> of(InstanceKey record) {
        return seen.getOrDefault(record, List.of());
    }
}
