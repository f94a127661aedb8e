package dev.catamaran.legacyraft.wire;

import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.Tombstone;
import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.v1.LegacyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to {@code GET /v1/ns/service/names} (spec: legacy-raft 8.4), from which a leader of
 * ours learns what a voter has; ours tell in their own field which keys were deleted.
 */
public final class NamesForm {

    private static final String SERVICES = "services";
    private static final String DELETED = "deleted";

    private NamesForm() {}

    /**
     * What a member has.
     *
     * @param services as {@code namespace##GROUP@@name}
     * @param deleted last timestamps of deleted keys
     */
    public record Names(List<String> services, Map<String, Long> deleted) {
        public Names {
            services = List.copyOf(services);
            deleted = Map.copyOf(deleted);
        }
    }

    /** The answer of a member of ours. */
    public static String encode(KeyMap<Datum> datums, KeyMap<Tombstone> tombstones) {
        TreeMap<String, TreeSet<String>> names = new TreeMap<>();
        datums.forEach(
                (key, datum) -> {
                    int split = key.indexOf("##");
                    LegacyKey legal = LegacyKey.parse(key).orThrow();
                    if (split > 0) {
                        names.computeIfAbsent(legal.namespace(), any -> new TreeSet<>())
                                .add(key.substring(split + 2));
                    }
                });
        ObjectNode json = Text.MAPPER.createObjectNode();
        ObjectNode services = json.putObject(SERVICES);
        names.forEach((namespace, list) -> list.forEach(services.withArray(namespace)::add));
        json.put("count", names.size());
        ObjectNode deleted = json.putObject(PeerForm.EXTENSION).putObject(DELETED);
        tombstones.forEach((key, gone) -> deleted.put(key, gone.timestamp()));
        return json.toString();
    }

    /** Reads the answer of any member; names that cannot be keys are left out. */
    public static Decoded<Names> decode(byte[] body) {
        return Decoded.of(
                () -> {
                    JsonNode json = Text.parse(Text.plain(body), "names");
                    if (!json.path(SERVICES).isObject()) {
                        throw new DecodeException("has no services", "names");
                    }
                    List<String> services = new ArrayList<>();
                    json.path(SERVICES)
                            .forEachEntry(
                                    (namespace, names) ->
                                            names.forEach(name -> add(services, namespace, name)));
                    Map<String, Long> deleted = new TreeMap<>();
                    json.path(PeerForm.EXTENSION)
                            .path(DELETED)
                            .forEachEntry(
                                    (key, timestamp) -> {
                                        if (LegacyKey.parse(key).value().isPresent()) {
                                            deleted.put(key, timestamp.asLong(0));
                                        }
                                    });
                    return new Names(services, deleted);
                });
    }

    private static void add(List<String> services, String namespace, JsonNode name) {
        String service = namespace + "##" + name.asString("");
        boolean legal = LegacyKey.parse(LegacyKey.META_PREFIX + service).value().isPresent();
        if (legal && services.size() < WireLimits.MAX_KEYS) {
            services.add(service);
        }
    }
}
