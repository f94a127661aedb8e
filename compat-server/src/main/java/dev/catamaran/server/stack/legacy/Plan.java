package dev.catamaran.server.stack.legacy;

import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.registry.reconcile.TableEdit;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.v1.InstancesJson;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.ServiceJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a command is in changes of datums. 1.x writes a service's whole list at once; only the
 * leader makes that list, from its own copy, so no two writers overwrite each other. Pure.
 */
sealed interface Plan {

    /**
     * A datum to write or, without a value, to delete.
     *
     * @param key full key
     * @param value JSON text
     */
    record Piece(String key, Optional<String> value) {}

    /** The changes, in order; none when all is as the command wants it. */
    record Changes(List<Piece> pieces) implements Plan {
        public Changes {
            pieces = List.copyOf(pieces);
        }
    }

    /** The command cannot be done. */
    record Refused(String because) implements Plan {}

    /**
     * The changes that carry a command out on a version.
     *
     * @param held the version
     * @param before the service in it, as records
     * @param unreadable whether what it holds of the service cannot be read as records
     */
    static Plan of(
            Held held, Optional<ServiceEntry> before, boolean unreadable, RegistryCommand command) {
        ServiceKey service = command.service();
        String complaint = LegacyKey.complaint(service);
        if (!complaint.isEmpty()) {
            return new Refused("1.x cannot store service " + service + ": " + complaint);
        }
        if (unreadable && !(command instanceof RegistryCommand.RemoveService)) {
            return new Refused(
                    "what is stored of service "
                            + service
                            + " cannot be read, see the log; remove the service first");
        }
        Optional<ServiceEntry> after = TableEdit.apply(before, keepExtras(before, command));
        return new Changes(pieces(held, service, before, after));
    }

    private static List<Piece> pieces(
            Held held,
            ServiceKey service,
            Optional<ServiceEntry> before,
            Optional<ServiceEntry> after) {
        String meta = LegacyRecords.metaKey(service);
        String list = LegacyRecords.listKey(service);
        boolean hasMeta = held.datums().get(meta).isPresent();
        boolean hasList = held.datums().get(list).isPresent();
        List<Piece> pieces = new ArrayList<>();
        if (after.isEmpty()) {
            // the list first: a service without instances is a whole thing, a list alone is not
            if (hasList) {
                pieces.add(new Piece(list, Optional.empty()));
            }
            if (hasMeta) {
                pieces.add(new Piece(meta, Optional.empty()));
            }
            return pieces;
        }
        ServiceEntry entry = after.get();
        boolean sameMeta =
                before.filter(
                                known ->
                                        known.service().equals(entry.service())
                                                && known.clusters().equals(entry.clusters()))
                        .isPresent();
        boolean sameList =
                before.map(ServiceEntry::instances)
                        .map(known -> known.equals(entry.instances()))
                        .orElseGet(() -> entry.instances().isEmpty());
        if (!hasMeta || !sameMeta) {
            pieces.add(new Piece(meta, Optional.of(ServiceJson.encode(entry))));
        }
        if (!sameList) {
            pieces.add(
                    new Piece(list, Optional.of(InstancesJson.encode(entry.instances().values()))));
        }
        return pieces;
    }

    /** Puts carry canonical fields; what only 1.x knows of a record stays with it. */
    private static RegistryCommand keepExtras(
            Optional<ServiceEntry> before, RegistryCommand command) {
        if (before.isEmpty()) {
            return command;
        }
        ServiceEntry known = before.get();
        if (command instanceof RegistryCommand.PutService put
                && put.record().extras().equals(LegacyExtras.NONE)) {
            return new RegistryCommand.PutService(
                    put.record().withExtras(known.service().extras()));
        }
        if (command instanceof RegistryCommand.PutCluster put
                && put.record().extras().equals(LegacyExtras.NONE)) {
            ClusterRecord old = known.clusters().get(put.record().key().name());
            return old == null
                    ? command
                    : new RegistryCommand.PutCluster(put.record().withExtras(old.extras()));
        }
        if (command instanceof RegistryCommand.PutInstance put
                && put.record().extras().equals(LegacyExtras.NONE)) {
            InstanceRecord old = known.instances().get(put.record().key());
            return old == null
                    ? command
                    : new RegistryCommand.PutInstance(put.record().withExtras(old.extras()));
        }
        return command;
    }
}
