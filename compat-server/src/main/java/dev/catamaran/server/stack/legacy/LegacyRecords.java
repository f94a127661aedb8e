package dev.catamaran.server.stack.legacy;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.decode.Refusal;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import dev.catamaran.registry.v1.InstancesJson;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.ServiceJson;
import java.util.Optional;
import java.util.SortedMap;

/** The records of one service in the datums of a version. Pure. */
final class LegacyRecords {

    private LegacyRecords() {}

    static String metaKey(ServiceKey service) {
        return new LegacyKey.Service(service).text();
    }

    static String listKey(ServiceKey service) {
        return new LegacyKey.Instances(service).text();
    }

    /** The service a datum belongs to; empty for switches. */
    static Optional<ServiceKey> serviceOf(String key) {
        return LegacyKey.parse(key)
                .value()
                .flatMap(
                        legal -> {
                            if (legal instanceof LegacyKey.Service service) {
                                return Optional.of(service.key());
                            }
                            return legal instanceof LegacyKey.Instances list
                                    ? Optional.of(list.key())
                                    : Optional.empty();
                        });
    }

    /** The service with what belongs to it; implied with defaults when only a list is there. */
    static Decoded<Optional<ServiceEntry>> read(Held held, ServiceKey service) {
        Optional<Datum> meta = held.datums().get(metaKey(service));
        Optional<Datum> list = held.datums().get(listKey(service));
        if (meta.isEmpty() && list.isEmpty()) {
            return new Decoded.Ok<>(Optional.empty());
        }
        return Decoded.of(
                () -> {
                    ServiceEntry entry =
                            meta.map(datum -> ServiceJson.decode(service, datum.value()).orThrow())
                                    .orElseGet(
                                            () ->
                                                    ServiceEntry.of(
                                                            ServiceRecord.ofDefaults(service)));
                    if (list.isEmpty()) {
                        return Optional.of(entry);
                    }
                    SortedMap<InstanceKey, InstanceRecord> instances =
                            InstancesJson.decode(service, list.get().value()).orThrow();
                    return Optional.of(
                            new ServiceEntry(entry.service(), entry.clusters(), instances));
                });
    }

    /** Why a value cannot be stored under a key; empty if it can. */
    static Optional<Refusal> refusal(String key, String value) {
        return LegacyKey.parse(key)
                .value()
                .flatMap(
                        legal -> {
                            if (legal instanceof LegacyKey.Service service) {
                                return refusal(ServiceJson.decode(service.key(), value));
                            }
                            return legal instanceof LegacyKey.Instances list
                                    ? refusal(InstancesJson.decode(list.key(), value))
                                    : Optional.empty();
                        });
    }

    static Optional<Refusal> refusal(Decoded<?> decoded) {
        return decoded instanceof Decoded.Refused<?> refused
                ? Optional.of(refused.refusal())
                : Optional.empty();
    }
}
