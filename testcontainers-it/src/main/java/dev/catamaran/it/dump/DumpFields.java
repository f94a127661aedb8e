package dev.catamaran.it.dump;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Puts the answers of servers of all generations into the same words: numbers in one form, maps by
 * key, a selector by its type alone (2.x adds a context type to it).
 */
final class DumpFields {

    private final SortedMap<String, String> fields = new TreeMap<>();

    RegistryDump dump() {
        return new RegistryDump(fields);
    }

    void service(String service, JsonNode node) {
        String at = service + "/service/";
        fields.put(at + "protectThreshold", number(node.path("protectThreshold")));
        fields.put(at + "selector", node.path("selector").path("type").asString("none"));
        metadata(at, node.path("metadata"));
    }

    void cluster(String service, String cluster, JsonNode node) {
        String at = service + "/cluster/" + cluster + "/";
        flat(at + "healthChecker", node.path("healthChecker"));
        fields.put(at + "checkPort", number(node.path("defaultCheckPort")));
        fields.put(at + "useInstancePort", node.path("useIPPort4Check").asString(""));
        metadata(at, node.path("metadata"));
    }

    /** An instance in the catalog, where disabled ones stand too. */
    void instance(String service, String cluster, JsonNode node) {
        String address = node.path("ip").asString("") + ":" + node.path("port").asInt(-1);
        String at = service + "/instance/" + cluster + "/" + address + "/";
        String before = fields.put(at + "weight", number(node.path("weight")));
        if (before != null) {
            fields.put(at + "listedAgain", before);
        }
        fields.put(at + "enabled", node.path("enabled").asString(""));
        fields.put(at + "ephemeral", node.path("ephemeral").asString(""));
        metadata(at, node.path("metadata"));
    }

    /** An instance as clients get it. */
    void visible(String service, String address, String cluster) {
        fields.put(service + "/visible/" + address + "#" + cluster, "true");
    }

    private void metadata(String at, JsonNode metadata) {
        flat(at + "metadata", metadata);
    }

    private void flat(String at, JsonNode node) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            fields.put(
                    at + "/" + field.getKey(),
                    value.isValueNode() ? value.asString("") : value.toString());
        }
    }

    private static String number(JsonNode node) {
        return node.isNumber() ? Double.toString(node.asDouble()) : node.toString();
    }
}
