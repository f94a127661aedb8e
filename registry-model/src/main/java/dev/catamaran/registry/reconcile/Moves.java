package dev.catamaran.registry.reconcile;

import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ViewCommand;
import java.util.Set;

/**
 * What of one service is in one cluster at the target and in another at the source. If the source
 * is complete it has been moved, and its removal is no delete.
 *
 * @param instances addresses of instances
 * @param overrides addresses of the instances that operators have set something for
 */
record Moves(Set<String> instances, Set<String> overrides) {

    static final Moves NONE = new Moves(Set.of(), Set.of());

    Moves {
        instances = Set.copyOf(instances);
        overrides = Set.copyOf(overrides);
    }

    /** Whether what the command takes away is only moved. */
    boolean has(ViewCommand command) {
        if (command instanceof RegistryCommand.RemoveInstance remove) {
            return instances.contains(remove.key().address());
        }
        return command instanceof ViewCommand.RemoveOverride remove
                && overrides.contains(remove.key().address());
    }
}
