package dev.catamaran.registry.records;

import static java.util.Objects.requireNonNull;

/** A wish to change the registry, in the form both stacks understand. Each is idempotent. */
public sealed interface RegistryCommand extends ViewCommand {

    /** The service whose records change. */
    @Override
    ServiceKey service();

    /** Creates or replaces a service; its clusters and instances stay. */
    record PutService(ServiceRecord record) implements RegistryCommand {
        public PutService {
            requireNonNull(record, "record is null");
        }

        @Override
        public ServiceKey service() {
            return record.key();
        }
    }

    /** Removes a service with its clusters and instances. */
    record RemoveService(ServiceKey service) implements RegistryCommand {
        public RemoveService {
            requireNonNull(service, "service is null");
        }
    }

    /** Creates or replaces a cluster; creates the service with defaults if it is unknown. */
    record PutCluster(ClusterRecord record) implements RegistryCommand {
        public PutCluster {
            requireNonNull(record, "record is null");
        }

        @Override
        public ServiceKey service() {
            return record.service();
        }
    }

    /** Removes a cluster's configuration; instances that name it stay. */
    record RemoveCluster(ClusterKey key) implements RegistryCommand {
        public RemoveCluster {
            requireNonNull(key, "key is null");
        }

        @Override
        public ServiceKey service() {
            return key.service();
        }
    }

    /** Registers or replaces an instance; creates the service with defaults if it is unknown. */
    record PutInstance(InstanceRecord record) implements RegistryCommand {
        public PutInstance {
            requireNonNull(record, "record is null");
        }

        @Override
        public ServiceKey service() {
            return record.service();
        }
    }

    /** Deregisters an instance; the service stays. Nothing happens if it is not there. */
    record RemoveInstance(InstanceKey key) implements RegistryCommand {
        public RemoveInstance {
            requireNonNull(key, "key is null");
        }

        @Override
        public ServiceKey service() {
            return key.service();
        }
    }
}
