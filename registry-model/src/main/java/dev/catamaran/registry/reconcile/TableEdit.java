package dev.catamaran.registry.reconcile;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.digest.RegistryView;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.RegistryCommand.PutCluster;
import dev.catamaran.registry.records.RegistryCommand.PutInstance;
import dev.catamaran.registry.records.RegistryCommand.PutService;
import dev.catamaran.registry.records.RegistryCommand.RemoveCluster;
import dev.catamaran.registry.records.RegistryCommand.RemoveInstance;
import dev.catamaran.registry.records.RegistryCommand.RemoveService;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.records.ViewCommand;
import java.util.Optional;

/** What each command means, once for both stacks and for whole views. */
public final class TableEdit {

    private TableEdit() {}

    /** The table after the command; the same table if the command changes nothing. */
    public static RegistryTable apply(RegistryTable table, RegistryCommand command) {
        if (command instanceof PutInstance put) {
            return table.with(put.record());
        }
        return table.change(command.service(), entry -> apply(entry, command));
    }

    /** The view after the command; the same view if the command changes nothing. */
    public static RegistryView apply(RegistryView view, ViewCommand command) {
        if (command instanceof RegistryCommand registry) {
            return view.change(
                    registry.service(), known -> known.withEntry(apply(known.entry(), registry)));
        }
        if (command instanceof ViewCommand.PutOverride put) {
            return view.with(put.record());
        }
        if (command instanceof ViewCommand.RemoveOverride remove) {
            return view.withoutOverride(remove.key());
        }
        if (command instanceof ViewCommand.PutSwitches put) {
            return view.with(put.record());
        }
        throw new AssertionError("no rule for " + command);
    }

    /** One service after the command, which must be about that service; empty if it is gone. */
    public static Optional<ServiceEntry> apply(
            Optional<ServiceEntry> entry, RegistryCommand command) {
        if (command instanceof PutService put) {
            return Optional.of(
                    entry.map(known -> known.withService(put.record()))
                            .orElseGet(() -> ServiceEntry.of(put.record())));
        }
        if (command instanceof RemoveService) {
            return Optional.empty();
        }
        if (command instanceof PutCluster put) {
            return Optional.of(orDefaults(entry, put.service()).withCluster(put.record()));
        }
        if (command instanceof RemoveCluster remove) {
            return entry.map(known -> known.withoutCluster(remove.key().name()));
        }
        if (command instanceof PutInstance put) {
            return Optional.of(orDefaults(entry, put.service()).withInstance(put.record()));
        }
        if (command instanceof RemoveInstance remove) {
            return entry.map(known -> known.withoutInstance(remove.key()));
        }
        throw new AssertionError("no rule for " + command);
    }

    private static ServiceEntry orDefaults(Optional<ServiceEntry> entry, ServiceKey key) {
        return entry.orElseGet(() -> ServiceEntry.of(ServiceRecord.ofDefaults(key)));
    }
}
