package dev.catamaran.registry.digest;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.ServiceKey;
import java.util.Optional;

/**
 * A record that two tables hold differently.
 *
 * @param left what the left one holds; empty if nothing
 * @param right what the right one holds; empty if nothing, never both
 */
public record RecordPair(Optional<RegistryRecord> left, Optional<RegistryRecord> right) {
    public RecordPair {
        requireNonNull(left, "left is null");
        requireNonNull(right, "right is null");
        if (left.isEmpty() && right.isEmpty()) {
            throw new IllegalArgumentException("neither table holds the record");
        }
    }

    /** The service of the record. */
    public ServiceKey service() {
        return left.or(() -> right).orElseThrow().service();
    }
}
