package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

/**
 * A wish to change anything that a cluster holds: the records that both stacks take as {@link
 * RegistryCommand}s, what operators have set, or the switches. Each is idempotent.
 */
public sealed interface ViewCommand
        permits RegistryCommand,
                ViewCommand.PutOverride,
                ViewCommand.RemoveOverride,
                ViewCommand.PutSwitches {

    /** The service whose records change; of the switches, {@link SwitchRecord#KEY}. */
    ServiceKey service();

    /** Lays what an operator wants over an instance, whether that is registered or not. */
    record PutOverride(OverrideRecord record) implements ViewCommand {
        public PutOverride {
            requireNonNull(record, "record is null");
        }

        @Override
        public ServiceKey service() {
            return record.service();
        }
    }

    /** Takes back what operators have laid over an instance. */
    record RemoveOverride(InstanceKey key) implements ViewCommand {
        public RemoveOverride {
            requireNonNull(key, "key is null");
        }

        @Override
        public ServiceKey service() {
            return key.service();
        }
    }

    /** Replaces all switches. */
    record PutSwitches(SwitchRecord record) implements ViewCommand {
        public PutSwitches {
            requireNonNull(record, "record is null");
        }

        @Override
        public ServiceKey service() {
            return record.service();
        }
    }
}
