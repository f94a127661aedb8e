package dev.catamaran.server.mirror;

import dev.catamaran.registry.reconcile.Reconcile;
import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.stack.RegistryStack;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What copies the services of which the source said that they changed. What such a change removed
 * was removed by somebody; only what is missing without one is weighed as a mass delete. So these
 * services are copied before a full pass or a drain looks at everything.
 *
 * @param commands in their order
 * @param tooMany whether they would remove so much at once that a full pass has to weigh it
 */
record Tail(List<RegistryCommand> commands, boolean tooMany) {

    Tail {
        commands = List.copyOf(commands);
    }

    /** Both stacks are read as they are now; the caller has waited for what must be seen. */
    static Tail of(
            Collection<ServiceKey> changed,
            RegistryStack source,
            RegistryStack target,
            ReconcileLimits limits) {
        boolean complete = source.complete();
        List<RegistryCommand> commands = new ArrayList<>();
        for (ServiceKey key : changed) {
            List<RegistryCommand> all =
                    Reconcile.service(source.table().entry(key), target.table().entry(key));
            commands.addAll(complete ? all : Reconcile.withoutRemovals(all));
        }
        long deletes = commands.stream().filter(Tail::deletes).count();
        return new Tail(commands, deletes > limits.maxDeletes());
    }

    private static boolean deletes(RegistryCommand command) {
        return command instanceof RegistryCommand.RemoveService
                || command instanceof RegistryCommand.RemoveCluster
                || command instanceof RegistryCommand.RemoveInstance;
    }
}
