package dev.catamaran.it.dump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dump as it was captured from real servers into a file of the golden data: per service its
 * catalog in the clusters C2 and DEFAULT, its clusters, its own fields, and what clients saw.
 */
public final class DumpFile {

    private static final List<String> CLUSTERS = List.of("C2", "DEFAULT");

    private DumpFile() {}

    /**
     * Reads it.
     *
     * @throws IOException if it cannot be read
     */
    public static RegistryDump read(Path file) throws IOException {
        JsonNode services = JsonMapper.shared().readTree(Files.readString(file));
        DumpFields fields = new DumpFields();
        for (Map.Entry<String, JsonNode> entry : services.properties()) {
            String service = entry.getKey();
            JsonNode said = entry.getValue();
            fields.service(service, said.path("service"));
            for (Map.Entry<String, JsonNode> cluster : said.path("clusters").properties()) {
                fields.cluster(service, cluster.getKey(), cluster.getValue());
            }
            for (String cluster : CLUSTERS) {
                // an error text stands here for a cluster that the service does not have
                for (JsonNode instance : said.path("cat_" + cluster)) {
                    if (instance.isArray()) {
                        fields.instance(service, cluster, named(instance));
                    }
                }
            }
            for (JsonNode seen : said.path("visible")) {
                String[] parts = seen.asString("").split("#", 2);
                fields.visible(service, parts[0], parts[1]);
            }
        }
        return fields.dump();
    }

    /** The capture has the values of an instance without their names. */
    private static JsonNode named(JsonNode values) {
        return JsonMapper.shared()
                .createObjectNode()
                .set("ip", values.get(0))
                .set("port", values.get(1))
                .set("weight", values.get(2))
                .set("enabled", values.get(3))
                .set("ephemeral", values.get(4))
                .set("metadata", values.get(5));
    }
}
