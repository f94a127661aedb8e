package dev.catamaran.registry.bench;

import dev.catamaran.registry.digest.Digest;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.Diff;
import dev.catamaran.registry.reconcile.Difference;
import dev.catamaran.registry.reconcile.Reconcile;
import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.registry.reconcile.ReconcilePlan;
import dev.catamaran.registry.reconcile.TableEdit;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import java.util.List;
import java.util.Random;
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

/** What the table and its digest cost at 1,000,000 instances in 100,000 services. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class TableBenchmark {

    private static final int DIFFERENT = 10;

    private RegistryTable table = RegistryTable.EMPTY;
    private RegistryTable equal = RegistryTable.EMPTY;
    private RegistryTable different = RegistryTable.EMPTY;

    /** A put of a random instance with a weight that it never had. */
    @State(Scope.Thread)
    public static class Change {

        private final Random random = new Random(1);
        private double weight = 2;
        private RegistryCommand command = next();

        private RegistryCommand next() {
            int service = random.nextInt(World.SERVICES);
            int instance = random.nextInt(World.INSTANCES_EACH);
            weight += 1;
            return new RegistryCommand.PutInstance(
                    World.instance(World.key(service), service, instance, weight));
        }

        /** A decoder has just made it: it is in the cache, as the table is not. */
        @Setup(Level.Invocation)
        public void decode() {
            command = next();
        }
    }

    @Setup
    public void build() {
        table = RegistryTable.of(World.entries());
        equal = RegistryTable.of(World.entries());
        Change change = new Change();
        different = equal;
        for (int i = 0; i < DIFFERENT; i++) {
            different = TableEdit.apply(different, change.next());
        }
        if (!table.digest().equals(equal.digest()) || table.digest().equals(different.digest())) {
            throw new IllegalStateException("the worlds are not what the benchmark needs");
        }
    }

    /** One record put into the table of all, and the digest of all after it. */
    @Benchmark
    public Digest putOneRecordAndDigest(Change change) {
        table = TableEdit.apply(table, change.command);
        return table.digest();
    }

    /** Two tables of a million equal records that share no object. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public boolean compareRoots() {
        return table.digest().equals(equal.digest());
    }

    @Benchmark
    public List<ServiceKey> firstDifference() {
        return table.differing(different, 1);
    }

    @Benchmark
    public List<Difference> diffOfTenRecords() {
        return Diff.between(table, different, Integer.MAX_VALUE);
    }

    @Benchmark
    public ReconcilePlan<RegistryCommand> reconcileTenRecords() {
        return Reconcile.all(table, true, different, ReconcileLimits.DEFAULT);
    }
}
