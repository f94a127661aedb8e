package dev.catamaran.tool.migrate;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.Diff;
import dev.catamaran.registry.reconcile.Difference;
import dev.catamaran.tool.live.VisibleRecords;
import java.util.List;

/**
 * How two sources compare, by what can be compared of them (see {@link VisibleRecords}).
 *
 * @param left digest and numbers of the first
 * @param right digest and numbers of the second
 * @param differences the first places where they differ; a record that only the second has is
 *     {@code ADDED}
 * @param emptyClustersUnseen whether clusters without instances were left out, because one of the
 *     servers does not show them
 */
public record Verification(
        Side left, Side right, List<Difference> differences, boolean emptyClustersUnseen) {

    /** One of the two. */
    public record Side(String digest, int services, int instances) {
        static Side of(RegistryTable table) {
            return new Side(table.digest().hex(), table.serviceCount(), table.instanceCount());
        }
    }

    public Verification {
        requireNonNull(left, "left is null");
        requireNonNull(right, "right is null");
        differences = List.copyOf(differences);
    }

    /**
     * Compares.
     *
     * @param limit most differences answered
     */
    public static Verification of(Loaded.Records left, Loaded.Records right, int limit) {
        boolean unseen = left.hidesEmptyClusters() || right.hidesEmptyClusters();
        RegistryTable a = VisibleRecords.of(left.records().effective(), unseen);
        RegistryTable b = VisibleRecords.of(right.records().effective(), unseen);
        return new Verification(Side.of(a), Side.of(b), Diff.between(a, b, limit), unseen);
    }

    public boolean areEqual() {
        return left.digest().equals(right.digest());
    }
}
