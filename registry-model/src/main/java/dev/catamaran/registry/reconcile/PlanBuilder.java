package dev.catamaran.registry.reconcile;

import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ViewCommand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

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
    private long held;

    /**
     * @param maxCommands most commands in the plan
     * @param because why deletes are held back; empty if they are not
     */
    PlanBuilder(int maxCommands, String because) {
        this.maxCommands = maxCommands;
        this.because = because;
    }

    /**
     * Adds all commands of one service, in their order.
     *
     * @param moves what only changes its cluster and goes on even if deletes are held back
     */
    void add(List<C> ofService, Moves moves) {
        List<C> allowed = ofService;
        if (!because.isEmpty()) {
            allowed = withoutRemovals(ofService, moves);
            Set<C> going = Collections.newSetFromMap(new IdentityHashMap<>());
            going.addAll(allowed);
            ofService.stream().filter(command -> !going.contains(command)).forEach(this::hold);
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

    /** Holds a command back, and shows it if there is room. */
    void hold(C command) {
        held++;
        if (quarantined.size() < maxCommands) {
            quarantined.add(command);
        }
    }

    /**
     * Those of a service's commands that may go on while its removals are held back. An instance
     * that changes its cluster is a removal and a put of one address: the put waits as well, or the
     * target would hold the address in two clusters, which no 2.x server can.
     */
    static <C extends ViewCommand> List<C> withoutRemovals(List<C> ofService) {
        return withoutRemovals(ofService, Moves.NONE);
    }

    private static <C extends ViewCommand> List<C> withoutRemovals(List<C> ofService, Moves moves) {
        Set<String> kept = new HashSet<>();
        for (ViewCommand command : ofService) {
            if (command instanceof RegistryCommand.RemoveInstance remove && !moves.has(command)) {
                kept.add(remove.key().address());
            }
        }
        return ofService.stream()
                .filter(command -> !takesAway(command) || moves.has(command))
                .filter(
                        command ->
                                !(command instanceof RegistryCommand.PutInstance put
                                        && kept.contains(put.record().key().address())))
                .toList();
    }

    /** Whether nothing more can come into the plan, neither to be done nor to be held back. */
    boolean isFull() {
        return more && because.isEmpty();
    }

    ReconcilePlan<C> plan() {
        return new ReconcilePlan<>(commands, more, quarantined, held, because);
    }

    static boolean takesAway(ViewCommand command) {
        return command instanceof RegistryCommand.RemoveService
                || command instanceof RegistryCommand.RemoveCluster
                || command instanceof RegistryCommand.RemoveInstance
                || command instanceof ViewCommand.RemoveOverride;
    }
}
