package dev.catamaran.server.mirror;

import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.convert.Conversion;
import dev.catamaran.registry.convert.Loss;
import dev.catamaran.registry.convert.LossReport;
import dev.catamaran.registry.convert.V2Service;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.server.stack.RegistryStack;
import java.util.List;

/** Records that can never be equal in both stacks, or only in part. Pure. */
final class Unbalanced {

    private Unbalanced() {}

    /** What the other world cannot hold of the primary's records, blocking findings first. */
    static List<Loss> findings(RegistryStack from, RegistryTable source) {
        LossReport overrides = Conversion.withoutOverrides(source::entry, from.overrides());
        return LossReport.of(
                        source.entries().values().stream()
                                .map(
                                        entry ->
                                                from.stack() == Stack.LEGACY
                                                        ? Conversion.toV2(entry).losses()
                                                        : Conversion.toV1(
                                                                        V2Service.of(
                                                                                entry, List.of()))
                                                                .losses())
                                .toList())
                .plus(overrides)
                .plus(from.leftBehind())
                .losses();
    }
}
