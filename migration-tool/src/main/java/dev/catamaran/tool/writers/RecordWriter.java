package dev.catamaran.tool.writers;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.tool.history.Call;
import dev.catamaran.tool.history.History;
import dev.catamaran.tool.history.Outcome;
import dev.catamaran.tool.history.Value;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The one client that writes one record: one operation after the other, each tried at one member
 * after the other until it is acknowledged, rejected or given up. Used by one thread.
 */
final class RecordWriter {

    /** An application gives up on a registration after about this long. */
    private static final long GIVE_UP_NS = 20_000_000_000L;

    private static final long BACKOFF_NS = 100_000_000L;

    /** Few, so that a lost write is often the last one, which nothing covers up. */
    private static final int MAX_OPERATIONS = 6;

    private enum Presence {
        PRESENT,
        ABSENT,
        UNKNOWN
    }

    private final InstanceKey key;
    private final RegistryClient client;
    private final List<String> members;
    private final History history;
    private final LongSupplier nanoClock;
    private final Random random;
    private final int operations;
    private Presence presence = Presence.ABSENT;
    private long operation;
    private long version;

    RecordWriter(
            InstanceKey key,
            RegistryClient client,
            List<String> members,
            History history,
            LongSupplier nanoClock) {
        this.key = key;
        this.client = client;
        this.members = List.copyOf(members);
        this.history = history;
        this.nanoClock = nanoClock;
        this.random = new Random(key.hashCode());
        this.operations = 1 + random.nextInt(MAX_OPERATIONS);
    }

    /** Whether the record has been written as often as it is to be, and rests from now on. */
    boolean isDone() {
        return operation >= operations;
    }

    /**
     * Registers, updates or deregisters the record; returns when the outcome is as known as can be.
     */
    void writeOnce() {
        operation++;
        boolean remove = presence != Presence.ABSENT && random.nextInt(4) == 0;
        if (!remove) {
            version++;
        }
        Value value = remove ? Value.ABSENT : Value.version(version);
        boolean update = presence == Presence.PRESENT && random.nextBoolean();
        Outcome outcome = tryEverywhere(value, update);
        presence =
                switch (outcome) {
                    case ACKNOWLEDGED -> remove ? Presence.ABSENT : Presence.PRESENT;
                    case REFUSED -> presence;
                    case UNKNOWN -> Presence.UNKNOWN;
                };
    }

    private Outcome tryEverywhere(Value value, boolean update) {
        long giveUpNs = nanoClock.getAsLong() + GIVE_UP_NS;
        int first = random.nextInt(members.size());
        boolean mayHaveHappened = false;
        for (int attempt = 1; attempt <= client.attempts(); attempt++) {
            String member = members.get((first + attempt) % members.size());
            Answer answer = attempt(value, update, member, attempt);
            if (answer.outcome() == Outcome.ACKNOWLEDGED) {
                return Outcome.ACKNOWLEDGED;
            }
            mayHaveHappened |= answer.outcome() == Outcome.UNKNOWN;
            if (answer.permanent() || nanoClock.getAsLong() > giveUpNs) {
                break;
            }
            LockSupport.parkNanos(BACKOFF_NS);
        }
        return mayHaveHappened ? Outcome.UNKNOWN : Outcome.REFUSED;
    }

    private Answer attempt(Value value, boolean update, String member, int attempt) {
        long startNs = nanoClock.getAsLong();
        Answer answer =
                value.equals(Value.ABSENT)
                        ? client.remove(key, member)
                        : client.put(RecordContents.of(key, version), update, member);
        history.add(
                new Call.Write(
                        key,
                        operation,
                        attempt,
                        value,
                        client.asked(member),
                        startNs,
                        nanoClock.getAsLong(),
                        answer.outcome()));
        return answer;
    }
}
