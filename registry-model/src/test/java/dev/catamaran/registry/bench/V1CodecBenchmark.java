package dev.catamaran.registry.bench;

import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.SwitchField;
import dev.catamaran.registry.records.SwitchRecord;
import dev.catamaran.registry.v1.BatchRequests;
import dev.catamaran.registry.v1.InstancesJson;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.LegacyPeer;
import dev.catamaran.registry.v1.ServiceJson;
import dev.catamaran.registry.v1.SwitchesJson;
import dev.catamaran.registry.v2.SnapshotArchive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Records that each codec of 1.x data writes and reads in a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class V1CodecBenchmark {

    private static final int BATCH = 50;

    private final ServiceEntry service = World.entry(7, 1);
    private final List<InstanceRecord> instances = List.copyOf(service.instances().values());
    private final String instancesJson = InstancesJson.encode(instances);
    private final String serviceJson = ServiceJson.encode(service);
    private final LegacyDatum datum =
            new LegacyDatum(new LegacyKey.Instances(service.key()).text(), 1, instancesJson);
    private final String datumJson = datum.encode();
    private final SwitchRecord switches = allSwitches();
    private final String switchesJson = SwitchesJson.encode(switches);
    private final LegacyPeer peer =
            new LegacyPeer(
                    "10.0.0.1:8848",
                    Optional.of("10.0.0.2:8848"),
                    801,
                    17_500,
                    4_000,
                    LegacyPeer.State.FOLLOWER,
                    "");
    private final String peerJson = peer.encode();
    private final List<LegacyDatum> batch = batch();
    private final byte[] batchRequest = BatchRequests.encodeWrite(batch);
    private final Map<String, byte[]> files = files();
    private final byte[] archive = SnapshotArchive.KEY_VALUES.packFiles(files);
    private final String archiveMeta = SnapshotArchive.KEY_VALUES.metaOf(archive);

    private static SwitchRecord allSwitches() {
        SwitchRecord all = SwitchRecord.DEFAULTS;
        for (SwitchField field : SwitchField.values()) {
            all = field == SwitchField.MASTERS ? all : all.with(field, field.missing());
        }
        return all;
    }

    private static List<LegacyDatum> batch() {
        List<LegacyDatum> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            ServiceEntry one = World.entry(i, 1);
            String key = new LegacyKey.Instances(one.key()).text();
            batch.add(new LegacyDatum(key, 0, InstancesJson.encode(one.instances().values())));
        }
        return batch;
    }

    private Map<String, byte[]> files() {
        Map<String, byte[]> named = new TreeMap<>();
        for (LegacyDatum one : batch) {
            named.put("public/" + one.key(), one.encode().getBytes(StandardCharsets.UTF_8));
        }
        return named;
    }

    /** The outer form; what is inside is JSON that is there. */
    @Benchmark
    public Object v1DatumEncode() {
        return datum.encode();
    }

    @Benchmark
    public Object v1DatumDecode() {
        return LegacyDatum.decode(datumJson).orThrow();
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

    /** All switches at once. */
    @Benchmark
    public Object v1SwitchesEncode() {
        return SwitchesJson.encode(switches);
    }

    @Benchmark
    public Object v1SwitchesDecode() {
        return SwitchesJson.decode(switchesJson).orThrow();
    }

    @Benchmark
    public Object v1PeerEncode() {
        return peer.encode();
    }

    @Benchmark
    public Object v1PeerDecode() {
        return LegacyPeer.decode(peerJson).orThrow();
    }

    /** Per datum of ten instances. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object v1BatchEncode() {
        return BatchRequests.encodeWrite(batch);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object v1BatchDecode() {
        return BatchRequests.decodeWrite(batchRequest).orThrow();
    }

    /** Per datum, the zip alone. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object v1ArchivePack() {
        return SnapshotArchive.KEY_VALUES.packFiles(files);
    }

    /** Per datum, the zip alone, with its checksum. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object v1ArchiveUnpack() {
        return SnapshotArchive.KEY_VALUES.unpackFiles(archive, archiveMeta).orThrow();
    }
}
