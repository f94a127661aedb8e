package dev.catamaran.tool.writers;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.tool.history.Call;
import dev.catamaran.tool.history.History;
import dev.catamaran.tool.history.Value;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lists services through members and notes what it was shown of each record. */
final class Reader {

    private final RegistryClient client;
    private final Incarnations incarnations;
    private final History history;
    private final LongSupplier nanoClock;

    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();

    Reader(
            RegistryClient client,
            Incarnations incarnations,
            History history,
            LongSupplier nanoClock) {
        this.client = client;
        this.incarnations = incarnations;
        this.history = history;
        this.nanoClock = nanoClock;
    }

    /** Lists {@code service} once; {@code records} are those of it that are looked for. */
    void readOnce(ServiceKey service, String member, Collection<InstanceKey> records) {
        String asked = client.asked(member);
        boolean known = asked.equals(member);
        int incarnation = known ? incarnations.of(member) : Call.Read.ORDERLESS;
        long startNs = nanoClock.getAsLong();
        List<SeenInstance> seen;
        try {
            seen = client.list(service, member);
        } catch (IOException e) {
            failed.incrementAndGet();
            return;
        }
        long endNs = nanoClock.getAsLong();
        answered.incrementAndGet();
        if (known && incarnations.of(member) != incarnation) {
            return;
        }
        records.stream()
                .map(
                        record ->
                                new Call.Read(
                                        record,
                                        asked,
                                        incarnation,
                                        startNs,
                                        endNs,
                                        appearances(record, seen)))
                .forEach(history::add);
    }

    /** Every appearance of the record's address in a list of its service. */
    static List<Value> appearances(InstanceKey record, List<SeenInstance> seen) {
        return seen.stream()
                .filter(one -> one.ip().equals(record.ip()) && one.port() == record.port())
                .map(one -> RecordContents.recognise(record, one))
                .toList();
    }

    long answered() {
        return answered.get();
    }

    long failed() {
        return failed.get();
    }
}
