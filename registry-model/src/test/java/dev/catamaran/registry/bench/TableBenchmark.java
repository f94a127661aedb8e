package dev.catamaran.registry.bench;

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
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to compare tables of 1,000,000 instances in 100,000 services. */
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

    @Setup
    public void build() {
        table = RegistryTable.of(World.entries());
        equal = RegistryTable.of(World.entries());
        Puts puts = new Puts();
        different = equal;
        for (int i = 0; i < DIFFERENT; i++) {
            different = TableEdit.apply(different, puts.next());
        }
        if (!table.digest().equals(equal.digest()) || table.digest().equals(different.digest())) {
            throw new IllegalStateException("the worlds are not what the benchmark needs");
        }
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
