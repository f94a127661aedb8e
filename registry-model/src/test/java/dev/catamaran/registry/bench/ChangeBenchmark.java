package dev.catamaran.registry.bench;

import dev.catamaran.registry.digest.Digest;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.TableEdit;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one change costs at 1,000,000 instances in 100,000 services: with the hash tree, without it,
 * and the hash tree alone. What is put was just decoded and is in the cache; the service it belongs
 * to is any of all, and is not.
 */
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class ChangeBenchmark {

    /** A table of all, and the next put. */
    @State(Scope.Thread)
    public static class Table {

        private final Puts puts = new Puts();
        private RegistryTable table = RegistryTable.of(World.entries());
        private RegistryCommand command = puts.next();

        @Setup(Level.Invocation)
        public void decode() {
            command = puts.next();
        }
    }

    /** A table of all, and a service of it in which one instance has just been replaced. */
    @State(Scope.Thread)
    public static class Edited {

        private final Puts puts = new Puts();
        private final List<ServiceEntry> entries = World.entries();
        private RegistryTable table = RegistryTable.of(entries);
        private ServiceEntry entry = entries.get(0);

        /** The service does not come from the table: that would bring its path into the cache. */
        @Setup(Level.Invocation)
        public void edit() {
            RegistryCommand command = puts.next();
            Optional<ServiceEntry> known = Optional.of(entries.get(puts.service()));
            entry = TableEdit.apply(known, command).orElseThrow();
            entries.set(puts.service(), entry);
        }
    }

    /** All services without a tree, and the next put. */
    @State(Scope.Thread)
    public static class Plain {

        private final Puts puts = new Puts();
        private final Map<ServiceKey, ServiceEntry> entries = new HashMap<>();
        private RegistryCommand command = puts.next();

        @Setup
        public void fill() {
            World.entries().forEach(entry -> entries.put(entry.key(), entry));
        }

        @Setup(Level.Invocation)
        public void decode() {
            command = puts.next();
        }
    }

    /** One record put into the table of all, and the digest of all after it. */
    @Benchmark
    public Digest putOneRecordAndDigest(Table state) {
        state.table = TableEdit.apply(state.table, state.command);
        return state.table.digest();
    }

    /** What the hash tree has to do for it: the service with the new record is there. */
    @Benchmark
    public Digest digestOneChange(Edited state) {
        state.table = state.table.with(state.entry);
        return state.table.digest();
    }

    /** The same put where nothing is hashed: a map of services, each a sorted map of instances. */
    @Benchmark
    public ServiceEntry putOneRecordAlone(Plain state) {
        ServiceKey key = state.command.service();
        Optional<ServiceEntry> known = Optional.ofNullable(state.entries.get(key));
        ServiceEntry entry = TableEdit.apply(known, state.command).orElseThrow();
        state.entries.put(key, entry);
        return entry;
    }
}
