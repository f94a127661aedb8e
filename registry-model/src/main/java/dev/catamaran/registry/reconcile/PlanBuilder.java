package dev.catamaran.registry.reconcile;

import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ViewCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a plan together service by service. What belongs to one service is cut only if it alone is
 * more than a plan may hold, so that an address that changes its cluster is not gone between two
 * plans; and what comes after a cut waits, so that the order holds over all plans.
 */
final class PlanBuilder<C extends ViewCommand> {

    private final int maxCommands;
    private final String because;
    private final List<C> commands = new ArrayList<>();
    private final List<C> quarantined = new ArrayList<>();
    private boolean more;

    /**
     * @param maxCommands most commands in the plan
     * @param because why deletes are held back; empty if they are not
     */
    PlanBuilder(int maxCommands, String because) {
        this.maxCommands = maxCommands;
        this.because = because;
    }

    /** Adds all commands of one service, in their order. */
    void add(List<C> ofService) {
        List<C> allowed = ofService;
        if (!because.isEmpty()) {
            allowed = ofService.stream().filter(command -> !takesAway(command)).toList();
            ofService.stream().filter(PlanBuilder::takesAway).forEach(quarantined::add);
        }
        if (more || allowed.isEmpty()) {
            return;
        }
        int room = maxCommands - commands.size();
        if (allowed.size() <= room) {
            commands.addAll(allowed);
            return;
        }
        more = true;
        if (commands.isEmpty()) {
            commands.addAll(allowed.subList(0, room));
        }
    }

    /** Holds back a command that is no delete but would undo what the target has. */
    void hold(C command) {
        quarantined.add(command);
    }

    /** Whether nothing more can come into the plan, neither to be done nor to be held back. */
    boolean isFull() {
        return more && because.isEmpty();
    }

    ReconcilePlan<C> plan() {
        return new ReconcilePlan<>(commands, more, quarantined, because);
    }

    static boolean takesAway(ViewCommand command) {
        return command instanceof RegistryCommand.RemoveService
                || command instanceof RegistryCommand.RemoveCluster
                || command instanceof RegistryCommand.RemoveInstance
                || command instanceof ViewCommand.RemoveOverride;
    }
}
