package dev.catamaran.tool.home;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.v1.BatchRequests;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import dev.catamaran.registry.v1.StoredDatums;
import dev.catamaran.registry.v2.SnapshotArchive;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The key-value group of 1.4, which 2.x keeps for its switches. Its state machine writes the 1.x
 * files; without a snapshot these are where it starts from (spec: legacy-raft 6.3, 6.4).
 */
final class KeyValueReplay implements GroupReplay {

    private final Map<String, LegacyDatum> files;
    private final SortedMap<String, LegacyDatum> datums = new TreeMap<>();
    private final SortedMap<String, StoredDatums.Illegal> illegal = new TreeMap<>();
    private boolean fromSnapshot;

    /**
     * @param files the datums of the home's files
     */
    KeyValueReplay(Map<String, LegacyDatum> files) {
        this.files = Map.copyOf(files);
        clear();
    }

    @Override
    public void clear() {
        datums.clear();
        datums.putAll(files);
        illegal.clear();
        fromSnapshot = false;
    }

    @Override
    public String snapshotFile() {
        return SnapshotArchive.KEY_VALUES.fileName();
    }

    @Override
    public void load(byte[] archive) {
        Map<String, String> texts = new TreeMap<>();
        SnapshotArchive.KEY_VALUES
                .unpackFiles(archive, "")
                .orThrow()
                .forEach(
                        (name, bytes) ->
                                texts.put(name, new String(bytes, StandardCharsets.UTF_8)));
        StoredDatums stored = StoredDatums.read(texts).orThrow();
        Map<String, LegacyDatum> loaded = stored.datums();
        if (!loaded.isEmpty() || !stored.illegal().isEmpty()) {
            // an empty archive means "keep the files", as on real servers
            datums.clear();
            datums.putAll(loaded);
            illegal.clear();
            stored.illegal().forEach(this::addIllegal);
            fromSnapshot = true;
        }
    }

    @Override
    public void apply(WriteRequest request) {
        byte[] data = request.getData().toByteArray();
        switch (request.getOperation()) {
            case BatchRequests.WRITE -> {
                BatchRequests.Logged<LegacyDatum> written =
                        BatchRequests.decodeLoggedWrite(data).orThrow();
                written.legal().forEach(datum -> datums.put(datum.key(), datum));
                written.illegal().forEach(this::addIllegal);
            }
            case BatchRequests.DELETE -> {
                BatchRequests.Logged<LegacyKey> deleted =
                        BatchRequests.decodeLoggedDelete(data).orThrow();
                deleted.legal().forEach(key -> datums.remove(key.text()));
                deleted.illegal().forEach(one -> illegal.remove(one.key()));
            }
            default ->
                    throw new DecodeException(
                            "has operation " + request.getOperation(), "key-value request");
        }
    }

    /** Also of a snapshot: wherever it stands, it is the group that holds it. */
    private void addIllegal(StoredDatums.Illegal one) {
        illegal.put(
                one.key(),
                new StoredDatums.Illegal(one.key(), BatchRequests.GROUP, one.complaint()));
    }

    /** Datums of services with names that no server takes now; in none of the others. */
    List<StoredDatums.Illegal> illegal() {
        return List.copyOf(illegal.values());
    }

    SortedMap<String, LegacyDatum> datums() {
        return datums;
    }

    /** Keys that the home's files hold otherwise than the group. */
    long differingFromFiles() {
        if (!fromSnapshot && datums.equals(files)) {
            return 0;
        }
        return datums.entrySet().stream()
                        .filter(entry -> !sameValue(entry.getValue(), files.get(entry.getKey())))
                        .count()
                + files.keySet().stream().filter(key -> !datums.containsKey(key)).count();
    }

    private static boolean sameValue(LegacyDatum datum, @Nullable LegacyDatum file) {
        return file != null && file.value().equals(datum.value());
    }
}
