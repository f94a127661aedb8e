package dev.catamaran.registry.bench;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.google.protobuf.ByteString;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.registry.v2.LogEntries;
import dev.catamaran.registry.v2.SnapshotArchive;
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

/** Records that each codec of 2.x payloads, logs and snapshots writes and reads in a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class V2CodecBenchmark {

    private static final int SNAPSHOT_RECORDS = 1_000;

    private final ServiceEntry service = World.entry(7, 1);
    private final List<InstanceRecord> instances = List.copyOf(service.instances().values());
    private final InstanceRecord instance = instances.get(0);
    private final OverrideRecord override =
            new OverrideRecord(instance.key(), 2, false, new TreeMap<>(Map.of("lane", "blue")));
    private final List<InstanceRecord> many = new ArrayList<>();

    private byte[] instancePayload = new byte[0];
    private byte[] servicePayload = new byte[0];
    private byte[] overridePayload = new byte[0];
    private byte[] snapshot = new byte[0];
    private byte[] servicesSnapshot = new byte[0];
    private byte[] overridesSnapshot = new byte[0];
    private byte[] archive = new byte[0];
    private String archiveMeta = "";
    private byte[] entry = new byte[0];
    private WriteRequest request = WriteRequest.getDefaultInstance();
    private final List<ServiceEntry> services = new ArrayList<>();
    private final List<OverrideRecord> overrides = new ArrayList<>();

    @Setup
    public void encodeOnce() {
        for (int i = 0; i < SNAPSHOT_RECORDS / World.INSTANCES_EACH; i++) {
            many.addAll(World.entry(i, 1).instances().values());
        }
        instancePayload = GroupPayloads.encodeInstance(instance, 1);
        servicePayload =
                GroupPayloads.encodeService(service.service(), service.clusters().values());
        overridePayload = GroupPayloads.encodeOverride(override);
        snapshot = SnapshotBodies.encodeInstances(many);
        for (int i = 0; i < SNAPSHOT_RECORDS; i++) {
            services.add(ServiceEntry.of(World.entry(i, 1).service()));
            overrides.add(new OverrideRecord(many.get(i).key(), 2, false, override.metadata()));
        }
        servicesSnapshot = SnapshotBodies.encodeServices(services, 1);
        overridesSnapshot = SnapshotBodies.encodeOverrides(overrides, 1);
        archive = SnapshotArchive.INSTANCES.pack(snapshot);
        archiveMeta = SnapshotArchive.fileMeta(archive);
        request =
                WriteRequest.newBuilder()
                        .setGroup(GroupPayloads.INSTANCES)
                        .setOperation(GroupPayloads.ADD)
                        .setData(ByteString.copyFrom(instancePayload))
                        .build();
        entry = LogEntries.encode(request);
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

    @Benchmark
    @OperationsPerInvocation(SNAPSHOT_RECORDS)
    public Object v2ServicesSnapshotEncode() {
        return SnapshotBodies.encodeServices(services, 1);
    }

    @Benchmark
    @OperationsPerInvocation(SNAPSHOT_RECORDS)
    public Object v2ServicesSnapshotDecode() {
        return SnapshotBodies.decodeServices(servicesSnapshot).orThrow();
    }

    @Benchmark
    @OperationsPerInvocation(SNAPSHOT_RECORDS)
    public Object v2OverridesSnapshotEncode() {
        return SnapshotBodies.encodeOverrides(overrides, 1);
    }

    @Benchmark
    @OperationsPerInvocation(SNAPSHOT_RECORDS)
    public Object v2OverridesSnapshotDecode() {
        return SnapshotBodies.decodeOverrides(overridesSnapshot).orThrow();
    }

    /** The zip alone, of a body that is there. */
    @Benchmark
    @OperationsPerInvocation(SNAPSHOT_RECORDS)
    public Object v2ArchivePack() {
        return SnapshotArchive.INSTANCES.pack(snapshot);
    }

    /** The zip alone, with its checksum. */
    @Benchmark
    @OperationsPerInvocation(SNAPSHOT_RECORDS)
    public Object v2ArchiveUnpack() {
        return SnapshotArchive.unpack(archive, archiveMeta).orThrow();
    }

    /** The entry round a payload that is there. */
    @Benchmark
    public Object v2LogEntryEncode() {
        return LogEntries.encode(request);
    }

    @Benchmark
    public Object v2LogEntryDecode() {
        return LogEntries.decode(entry).orThrow();
    }
}
