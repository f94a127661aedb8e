package dev.catamaran.tool.live;

import dev.catamaran.registry.records.ServiceKey;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The namespaces that a server shows to operators. Records may lie in others as well: naming asks
 * for none to be created first, but what lies in them is found in no console.
 */
final class Namespaces {

    private static final String V1 = "/v1/console/namespaces";
    private static final String V3 = "/v3/admin/core/namespace";

    private final LiveServer server;
    private final boolean isV3;

    Namespaces(LiveServer server, boolean isV3) {
        this.server = server;
        this.isV3 = isV3;
    }

    /** Those it shows; empty if it has no list of namespaces. */
    Optional<SortedSet<String>> listed() throws IOException {
        ServerReply reply = server.once(ServerCall.of("GET", isV3 ? V3 + "/list" : V1));
        if (!reply.isOk() || !reply.anyJson().path("data").isArray()) {
            return Optional.empty();
        }
        SortedSet<String> ids = new TreeSet<>();
        for (JsonNode namespace : reply.anyJson().path("data")) {
            String id = namespace.path("namespace").asString("");
            ids.add(id.isBlank() ? ServiceKey.DEFAULT_NAMESPACE : id);
        }
        return Optional.of(ids);
    }

    /**
     * Creates one, named like its id.
     *
     * @return why the server did not take it; empty if it did
     */
    Optional<String> create(String id) throws IOException {
        ServerReply reply =
                server.call(
                        ServerCall.of("POST", isV3 ? V3 : V1)
                                .with("customNamespaceId", id)
                                // the name of the same thing in 3.x
                                .with("namespaceId", id)
                                .with("namespaceName", id)
                                .with("namespaceDesc", ""));
        boolean taken =
                reply.isOk()
                        && (reply.text().strip().equals("true")
                                || reply.anyJson().path("data").asBoolean(false));
        return taken ? Optional.empty() : Optional.of(reply.unexpected().getMessage());
    }
}
