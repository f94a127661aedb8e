package dev.catamaran.registry.reconcile;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.records.ViewCommand;
import java.util.List;

/**
 * What makes a target equal to its source, or the first part of it.
 *
 * @param commands in the order in which they are to be submitted to the target
 * @param more whether {@link ReconcileLimits#maxCommands} has left out commands that come after
 *     these; the next plan, made once these are executed, begins with them
 * @param quarantined commands held back because they would be a mass delete, or because the source
 *     is not declared complete, and puts that go with one of these: no more of them than a plan may
 *     have commands
 * @param held how many commands are held back, also those that are not in the list
 * @param because why something is held back; empty when nothing is
 */
public record ReconcilePlan<C extends ViewCommand>(
        List<C> commands, boolean more, List<C> quarantined, long held, String because) {
    public ReconcilePlan {
        commands = List.copyOf(commands);
        quarantined = List.copyOf(quarantined);
        requireNonNull(because, "because is null");
    }

    public boolean isEmpty() {
        return commands.isEmpty() && held == 0;
    }
}
