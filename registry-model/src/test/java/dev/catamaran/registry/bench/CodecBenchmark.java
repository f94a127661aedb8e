package dev.catamaran.registry.bench;

import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.v1.InstancesJson;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.ServiceJson;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.registry.v2.SnapshotBodies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Records that each codec writes and reads in a second, one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class CodecBenchmark {

    private static final int SNAPSHOT_RECORDS = 1_000;

    private final ServiceEntry service = World.entry(7, 1);
    private final List<InstanceRecord> instances = List.copyOf(service.instances().values());
    private final InstanceRecord instance = instances.get(0);
    private final OverrideRecord override =
            new OverrideRecord(instance.key(), 2, false, new TreeMap<>(Map.of("lane", "blue")));
    private final List<InstanceRecord> many = new ArrayList<>();

    private String datum = "";
    private String instancesJson = "";
    private String serviceJson = "";
    private byte[] instancePayload = new byte[0];
    private byte[] servicePayload = new byte[0];
    private byte[] overridePayload = new byte[0];
    private byte[] snapshot = new byte[0];

    @Setup
    public void encodeOnce() {
        for (int i = 0; i < SNAPSHOT_RECORDS / World.INSTANCES_EACH; i++) {
            many.addAll(World.entry(i, 1).instances().values());
        }
        instancesJson = InstancesJson.encode(instances);
        datum =
                "{\"key\":\"com.alibaba.nacos.naming.iplist.team-7##GROUP_1@@x\",\"timestamp\":1,"
                        + "\"value\":"
                        + instancesJson
                        + "}";
        serviceJson = ServiceJson.encode(service);
        instancePayload = GroupPayloads.encodeInstance(instance, 1);
        servicePayload =
                GroupPayloads.encodeService(service.service(), service.clusters().values());
        overridePayload = GroupPayloads.encodeOverride(override);
        snapshot = SnapshotBodies.encodeInstances(many);
    }

    @Benchmark
    public Object v1DatumDecode() {
        return LegacyDatum.decode(datum).orThrow();
    }

    @Benchmark
    @OperationsPerInvocation(World.INSTANCES_EACH)
    public Object v1InstancesEncode() {
        return InstancesJson.encode(instances);
    }

    @Benchmark
    @OperationsPerInvocation(World.INSTANCES_EACH)
    public Object v1InstancesDecode() {
        return InstancesJson.decode(service.key(), instancesJson).orThrow();
    }

    @Benchmark
    public Object v1ServiceEncode() {
        return ServiceJson.encode(service);
    }

    @Benchmark
    public Object v1ServiceDecode() {
        return ServiceJson.decode(service.key(), serviceJson).orThrow();
    }

    @Benchmark
    public Object v2InstanceEncode() {
        return GroupPayloads.encodeInstance(instance, 1);
    }

    @Benchmark
    public Object v2InstanceDecode() {
        return GroupPayloads.decodeInstance(instancePayload).orThrow();
    }

    @Benchmark
    public Object v2ServiceEncode() {
        return GroupPayloads.encodeService(service.service(), service.clusters().values());
    }

    @Benchmark
    public Object v2ServiceDecode() {
        return GroupPayloads.decodeService(servicePayload).orThrow();
    }

    @Benchmark
    public Object v2OverrideEncode() {
        return GroupPayloads.encodeOverride(override);
    }

    @Benchmark
    public Object v2OverrideDecode() {
        return GroupPayloads.decodeOverride(overridePayload).orThrow();
    }

    @Benchmark
    @OperationsPerInvocation(SNAPSHOT_RECORDS)
    public Object v2SnapshotEncode() {
        return SnapshotBodies.encodeInstances(many);
    }

    @Benchmark
    @OperationsPerInvocation(SNAPSHOT_RECORDS)
    public Object v2SnapshotDecode() {
        return SnapshotBodies.decodeInstances(snapshot).orThrow();
    }
}
