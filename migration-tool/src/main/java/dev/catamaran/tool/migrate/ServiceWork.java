package dev.catamaran.tool.migrate;

import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryCommand;
import java.util.List;

/**
 * What is to be written about one service, in order; one thread does it.
 *
 * @param commands services before clusters before instances, deletes first
 * @param overrides what to lay over instances afterwards
 * @param exists whether the target has the service
 */
public record ServiceWork(
        List<RegistryCommand> commands, List<OverrideRecord> overrides, boolean exists) {

    public ServiceWork {
        commands = List.copyOf(commands);
        overrides = List.copyOf(overrides);
    }

    /** Number of single writes. */
    public int size() {
        return commands.size() + overrides.size();
    }

    /** Number of those that remove something. */
    int removals() {
        return (int) commands.stream().filter(ServiceWork::removes).count();
    }

    static boolean removes(RegistryCommand command) {
        return command instanceof RegistryCommand.RemoveInstance
                || command instanceof RegistryCommand.RemoveService;
    }
}
