package dev.catamaran.tool.records;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.ClusterKey;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.LegacyExtras;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.Selector;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads lines of JSON, one record each, as {@link RecordWriter} writes them and members answer them
 * to {@code GET /catamaran/v1/records}. A service comes before its clusters and instances.
 */
public final class RecordReader {

    /** What servers of both worlds take for healthy when the checker names no status. */
    private static final int DEFAULT_RESPONSE = 200;

    /** Kind and names of a record come first. */
    private static final int MAX_SHOWN = 120;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<ServiceKey, Draft> drafts = new LinkedHashMap<>();
    private final SortedMap<InstanceKey, OverrideRecord> overrides = new TreeMap<>();

    /** Grows in place: a service with many instances is not copied for each. */
    private record Draft(
            ServiceRecord service,
            SortedMap<String, ClusterRecord> clusters,
            SortedMap<InstanceKey, InstanceRecord> instances) {}

    /**
     * What these lines hold.
     *
     * @throws IOException if a line has another form
     */
    public static RecordSet read(String lines) throws IOException {
        RecordReader reader = new RecordReader();
        for (String line : lines.split("\n", -1)) {
            reader.add(line);
        }
        return reader.records();
    }

    /** What has been added so far. */
    public RecordSet records() {
        List<ServiceEntry> entries =
                drafts.values().stream()
                        .map(
                                draft ->
                                        new ServiceEntry(
                                                draft.service(),
                                                draft.clusters(),
                                                draft.instances()))
                        .toList();
        return new RecordSet(RegistryTable.of(entries), overrides);
    }

    /**
     * Adds the record of one line; a blank line is none.
     *
     * @throws IOException if the line has another form, its service has not been added, or the same
     *     record has been
     */
    public void add(String line) throws IOException {
        if (line.isBlank()) {
            return;
        }
        try {
            add(json.readTree(line), line);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("not a record: " + cut(line), e);
        }
    }

    private void add(JsonNode node, String line) throws IOException {
        ServiceKey key =
                new ServiceKey(text(node, "namespace"), text(node, "group"), text(node, "service"));
        String kind = text(node, "kind");
        switch (kind) {
            case RecordForm.SERVICE -> {
                Draft draft = new Draft(service(key, node), new TreeMap<>(), new TreeMap<>());
                once(drafts.put(key, draft), line);
            }
            case RecordForm.CLUSTER -> {
                ClusterRecord cluster = cluster(new ClusterKey(key, text(node, "cluster")), node);
                once(draft(key, line).clusters().put(cluster.key().name(), cluster), line);
            }
            case RecordForm.INSTANCE -> {
                InstanceRecord instance = instance(key, node);
                once(draft(key, line).instances().put(instance.key(), instance), line);
            }
            case RecordForm.OVERRIDE -> {
                OverrideRecord override = override(key, node);
                once(overrides.put(override.key(), override), line);
            }
            default -> throw new IOException("no such kind of record: " + cut(line));
        }
    }

    private Draft draft(ServiceKey key, String line) throws IOException {
        Draft draft = drafts.get(key);
        if (draft == null) {
            throw new IOException("a record before its service: " + cut(line));
        }
        return draft;
    }

    private static void once(@Nullable Object before, String line) throws IOException {
        if (before != null) {
            throw new IOException("the same record twice: " + cut(line));
        }
    }

    /** Enough to find the line; not more, as a line may hold a password near its end. */
    private static String cut(String line) {
        return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "…" : line;
    }

    private static ServiceRecord service(ServiceKey key, JsonNode node) {
        return new ServiceRecord(
                key,
                (float) node.path("protectThreshold").asDouble(),
                labels(node.path("metadata")),
                selector(node.path("selector")),
                node.path("ephemeral").asBoolean(false),
                extras(node));
    }

    private static ClusterRecord cluster(ClusterKey key, JsonNode node) {
        return new ClusterRecord(
                key,
                checker(node.path("checker")),
                node.path("checkPort").asInt(),
                node.path("useInstancePort").asBoolean(),
                labels(node.path("metadata")),
                extras(node));
    }

    private static InstanceRecord instance(ServiceKey service, JsonNode node) {
        return new InstanceRecord(
                instanceKey(service, node),
                node.path("weight").asDouble(),
                node.path("enabled").asBoolean(),
                node.path("healthy").asBoolean(),
                node.path("ephemeral").asBoolean(),
                labels(node.path("metadata")),
                text(node, "instanceId"),
                extras(node));
    }

    private static InstanceKey instanceKey(ServiceKey service, JsonNode node) {
        return new InstanceKey(
                service, text(node, "ip"), node.path("port").asInt(), text(node, "cluster"));
    }

    private static OverrideRecord override(ServiceKey service, JsonNode node) {
        return new OverrideRecord(
                instanceKey(service, node),
                node.path("weight").asDouble(),
                node.path("enabled").asBoolean(),
                labels(node.path("metadata")));
    }

    private static LegacyExtras extras(JsonNode node) {
        return node.has("extras")
                ? new LegacyExtras(labels(node.path("extras")))
                : LegacyExtras.NONE;
    }

    /** The inverse of {@link RecordWriter#selector}; anything that is no label selector is none. */
    public static Selector selector(JsonNode node) {
        if (!node.path("type").asString("none").equals("label")) {
            return new Selector.None();
        }
        Set<String> labels = new TreeSet<>();
        node.path("labels").forEach(label -> labels.add(label.asString()));
        return new Selector.Label(text(node, "expression"), labels);
    }

    /**
     * The inverse of {@link RecordWriter#checker}.
     *
     * @throws IllegalArgumentException if there is no such checker, or a field is missing
     */
    public static HealthChecker checker(JsonNode node) {
        String type = text(node, "type");
        return switch (type) {
            case "TCP" -> new HealthChecker.Tcp();
            case "HTTP" ->
                    new HealthChecker.Http(
                            node.path("path").asString(""),
                            node.path("headers").asString(""),
                            node.path("expectedResponseCode").asInt(DEFAULT_RESPONSE));
            case "MYSQL" ->
                    new HealthChecker.Mysql(
                            node.path("user").asString(""),
                            node.path("pwd").asString(""),
                            node.path("cmd").asString(""));
            case "NONE" -> new HealthChecker.None();
            default -> throw new IllegalArgumentException("no such checker: " + type);
        };
    }

    private static SortedMap<String, String> labels(JsonNode node) {
        SortedMap<String, String> labels = new TreeMap<>();
        node.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return labels;
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("has no text '" + name + "'");
        }
        return value.stringValue();
    }
}
