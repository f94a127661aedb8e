package dev.catamaran.registry.fuzz;

import dev.catamaran.registry.convert.Conversion;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.golden.Golden;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.v1.BatchRequests;
import dev.catamaran.registry.v1.InstancesJson;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.LegacyPeer;
import dev.catamaran.registry.v1.ServiceJson;
import dev.catamaran.registry.v1.StoredDatums;
import dev.catamaran.registry.v1.SwitchesJson;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.registry.v2.LogEntries;
import dev.catamaran.registry.v2.ServerVersion;
import dev.catamaran.registry.v2.SnapshotArchive;
import dev.catamaran.registry.v2.SnapshotBodies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every decoder of the module. Each takes any bytes and answers, or the test that feeds it fails;
 * what it takes it must be able to write and read again.
 */
enum AnyDecoder {
    LEGACY_KEY(
            text(
                    key -> {
                        LegacyKey.parseBrief(key);
                        LegacyKey.parseEphemeral(key);
                        again(LegacyKey.parseStored(key), LegacyKey::text, LegacyKey::parse);
                    })),
    LEGACY_DATUM(
            text(
                    json ->
                            again(
                                    LegacyDatum.decode(json),
                                    LegacyDatum::encode,
                                    LegacyDatum::decode))),
    STORED_DATUM(
            text(
                    json ->
                            again(
                                    LegacyDatum.decodeStored(json),
                                    LegacyDatum::encode,
                                    LegacyDatum::decodeStored))),
    STORED_DATUMS(text(json -> StoredDatums.read(Map.of("a/" + StoredDatums.FILE_PREFIX, json)))),
    SERVICE(
            text(
                    json -> {
                        Decoded<ServiceEntry> service = ServiceJson.decode(svc(), json);
                        again(
                                service,
                                ServiceJson::encode,
                                text -> ServiceJson.decode(svc(), text));
                        service.value().ifPresent(Conversion::toV2);
                    })),
    INSTANCES(
            text(
                    json ->
                            InstancesJson.decode(svc(), json)
                                    .value()
                                    .ifPresent(
                                            all ->
                                                    InstancesJson.decode(
                                                                    svc(),
                                                                    InstancesJson.encode(
                                                                            all.values()))
                                                            .orThrow()))),
    SWITCHES(
            text(
                    json ->
                            again(
                                    SwitchesJson.decode(json),
                                    SwitchesJson::encode,
                                    SwitchesJson::decode))),
    LEGACY_PEER(
            text(json -> again(LegacyPeer.decode(json), LegacyPeer::encode, LegacyPeer::decode))),
    SERVER_VERSION(text(ServerVersion::parse)),
    BATCH_WRITE(
            data ->
                    again(
                            BatchRequests.decodeWrite(data),
                            BatchRequests::encodeWrite,
                            BatchRequests::decodeWrite)),
    LOGGED_BATCH(
            data -> {
                BatchRequests.decodeLoggedDelete(data);
                BatchRequests.decodeLoggedWrite(data)
                        .value()
                        .ifPresent(
                                logged ->
                                        BatchRequests.decodeWrite(
                                                        BatchRequests.encodeWrite(logged.legal()))
                                                .orThrow());
            }),
    BATCH_KEYS(
            data -> {
                BatchRequests.decodeDelete(data);
                again(
                        BatchRequests.decodeRead(data),
                        BatchRequests::encodeRead,
                        BatchRequests::decodeRead);
            }),
    LOG_ENTRY(LogEntries::decode),
    INSTANCE_PAYLOAD(
            data -> {
                GroupPayloads.decodeInstanceRemoval(data);
                again(
                        GroupPayloads.decodeInstance(data),
                        one -> GroupPayloads.encodeInstance(one, 1),
                        GroupPayloads::decodeInstance);
            }),
    SERVICE_PAYLOAD(
            data -> {
                GroupPayloads.decodeServiceRemoval(data);
                again(
                        GroupPayloads.decodeService(data),
                        one -> GroupPayloads.encodeService(one.service(), one.clusters().values()),
                        GroupPayloads::decodeService);
            }),
    OVERRIDE_PAYLOAD(
            data -> {
                GroupPayloads.decodeOverrideRemoval(data);
                again(
                        GroupPayloads.decodeOverride(data),
                        GroupPayloads::encodeOverride,
                        GroupPayloads::decodeOverride);
            }),
    INSTANCES_SNAPSHOT(SnapshotBodies::decodeInstances),
    SERVICES_SNAPSHOT(SnapshotBodies::decodeServices),
    OVERRIDES_SNAPSHOT(SnapshotBodies::decodeOverrides),
    SNAPSHOT_ARCHIVE(
            data -> {
                SnapshotArchive.unpack(data, "");
                SnapshotArchive.KEY_VALUES.unpackFiles(data, "");
            });

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Consumer<byte[]> feed;

    AnyDecoder(Consumer<byte[]> feed) {
        this.feed = feed;
    }

    /** Decodes; throws only if the decoder is broken. */
    void feed(byte[] input) {
        feed.accept(input);
    }

    /** Real input of this and other decoders, of which mutations reach deep. */
    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String file :
                List.of(
                        "datums-1.1.4.jsonl",
                        "datums-1.4.2.jsonl",
                        "switches.jsonl",
                        "wire-publishes-1.3.2.jsonl",
                        "peers-1.3.2.jsonl")) {
            Golden.lines(file).stream().limit(8).map(AnyDecoder::bytes).forEach(seeds::add);
        }
        for (String line : Golden.lines("datums-1.4.2.jsonl")) {
            LegacyDatum datum = LegacyDatum.decode(line).orThrow();
            seeds.add(bytes(datum.key()));
            seeds.add(bytes(datum.value()));
        }
        for (String log : List.of("1.4.2", "2.4.1")) {
            for (Golden.Entry entry : Golden.entries(log).stream().limit(60).toList()) {
                seeds.add(entry.bytes());
                if (LogEntries.decode(entry.bytes()).orThrow() instanceof LogEntries.Write write) {
                    seeds.add(write.request().getData().toByteArray());
                }
            }
        }
        byte[] archive = Golden.bytes("snapshot-2.4.1.zip");
        seeds.add(archive);
        seeds.add(SnapshotArchive.unpack(archive, "").orThrow());
        seeds.add(bytes("2.2.0.1"));
        String illegal = LegacyKey.META_PREFIX + "public##DEFAULT_GROUP@@订单";
        seeds.add(bytes(illegal));
        seeds.add(BatchRequests.encodeWrite(List.of(new LegacyDatum(illegal, 0, "{}"))));
        seeds.add(bytes("{\"key\":\"" + LegacyKey.META_PREFIX + "svc\",\"value\":\"{}\"}"));
        seeds.add(bytes("{\"metadata\":{\"zone\":null,\"size\":5}}"));
        seeds.addAll(referring());
        return seeds;
    }

    /** What fastjson wrote for a value that stood in a document before. */
    private static List<byte[]> referring() {
        String key = new LegacyKey.Service(svc()).text();
        String labels =
                "{\"owners\":[{}],\"clusterMap\":{\"C\":{\"metadata\":{\"k\":\"v\"}}},"
                        + "\"metadata\":{\"$ref\":\"$.clusterMap.C.metadata\"}}";
        String list =
                "{\"instanceList\":[{\"ip\":\"1.1.1.1\",\"port\":1,\"metadata\":{\"a\":\"b\"}},"
                        + "{\"ip\":\"1.1.1.2\",\"port\":1,\"metadata\":"
                        + "{\"$ref\":\"$.instanceList[0].metadata\"}}]}";
        String longIndex = labels.replace("$.clusterMap.C.metadata", "$.owners.99999999999");
        String packed = "\"" + "[".repeat(31) + "]".repeat(31) + "\"";
        return Stream.of(labels, list, longIndex, packed)
                .flatMap(
                        json ->
                                Stream.of(
                                        json,
                                        "{\"key\":\""
                                                + key
                                                + "\",\"timestamp\":1,\"value\":"
                                                + json
                                                + "}"))
                .map(AnyDecoder::bytes)
                .toList();
    }

    private static <T, R> void again(
            Decoded<T> decoded, Function<T, R> encode, Function<R, Decoded<T>> decode) {
        decoded.value().ifPresent(value -> decode.apply(encode.apply(value)).orThrow());
    }

    private static Consumer<byte[]> text(Consumer<String> feed) {
        return input -> feed.accept(new String(input, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ServiceKey svc() {
        return ServiceKey.of("", "", "svc");
    }
}
