package dev.catamaran.tool.rehearse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.TableEdit;
import dev.catamaran.registry.records.ClusterRecord;
import dev.catamaran.registry.records.HealthChecker;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.RegistryRecord;
import dev.catamaran.registry.records.ServiceEntry;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.records.ServiceRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands behind all {@link FakeMember}s of a test: two tables, a phase, and a mirror that may
 * forget. No consensus, no files: it tests the rehearsal, not a registry.
 */
final class FakeCluster implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Stack, RegistryTable> tables = new EnumMap<>(Stack.class);
    private final int mirrorForgetsEvery;
    private Phase phase = Phase.LEGACY;
    private long epoch;
    private int copied;

    /**
     * A cluster in LEGACY.
     *
     * @param mirrorForgetsEvery the mirror does not copy every n-th change; 0 if it copies all
     */
    FakeCluster(RegistryTable legacy, int mirrorForgetsEvery) throws IOException {
        tables.put(Stack.LEGACY, legacy);
        tables.put(Stack.JRAFT, RegistryTable.EMPTY);
        this.mirrorForgetsEvery = mirrorForgetsEvery;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            Map<String, String> params =
                    params(query + "&" + new String(body, StandardCharsets.UTF_8));
            byte[] text =
                    reply(exchange, params, new String(body, StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    private synchronized String reply(
            HttpExchange exchange, Map<String, String> params, String body) {
        String path = exchange.getRequestURI().getPath();
        return switch (path) {
            case "/catamaran/v1/status" -> status();
            case "/catamaran/v1/phase" -> move(JSON.readTree(body));
            case "/catamaran/v1/records" ->
                    records(params.getOrDefault("stack", "").equals("legacy"));
            case "/nacos/v1/ns/instance/list" -> list(params);
            case "/nacos/v1/ns/operator/metrics" -> "{\"status\":\"UP\"}";
            default -> write(exchange.getRequestMethod(), params);
        };
    }

    private String status() {
        ObjectNode status = JSON.createObjectNode();
        status.put("phase", phase.name());
        status.put("epoch", epoch);
        status.put("ready", true);
        ObjectNode leaders = status.putObject("leaders");
        leaders.putObject("legacy").put("legacy", leader(0));
        leaders.putObject("jraft").put("naming_persistent_service_v2", leader(1));
        ObjectNode digests = status.putObject("digests");
        digests.put("legacy", table(Stack.LEGACY).digest().hex());
        digests.put("jraft", table(Stack.JRAFT).digest().hex());
        return status.toString();
    }

    private final Map<Integer, String> leaderNames = new HashMap<>();

    /** Names the members that lead the stacks. */
    synchronized void led(String legacy, String jraft) {
        leaderNames.put(0, legacy);
        leaderNames.put(1, jraft);
    }

    private String leader(int stack) {
        return leaderNames.getOrDefault(stack, "");
    }

    private RegistryTable table(Stack stack) {
        return tables.getOrDefault(stack, RegistryTable.EMPTY);
    }

    private String move(JsonNode order) {
        Phase to = Phase.valueOf(order.path("to").asString());
        if (phase != to) {
            if (phase == Phase.LEGACY) {
                tables.put(Stack.JRAFT, table(Stack.LEGACY));
            }
            phase = to;
            epoch++;
        }
        return "{\"verdict\":\"MOVED\"}";
    }

    private String write(String method, Map<String, String> params) {
        RegistryCommand command = command(method, params);
        boolean jraft = phase == Phase.JRAFT || phase == Phase.FINALIZED;
        Stack primary = jraft ? Stack.JRAFT : Stack.LEGACY;
        tables.put(primary, TableEdit.apply(table(primary), command));
        copied++;
        boolean forgets = mirrorForgetsEvery > 0 && copied % mirrorForgetsEvery == 0;
        if (!forgets && (phase == Phase.MIRRORING || phase == Phase.JRAFT)) {
            Stack other = jraft ? Stack.LEGACY : Stack.JRAFT;
            tables.put(other, TableEdit.apply(table(other), command));
        }
        return "ok";
    }

    private static RegistryCommand command(String method, Map<String, String> params) {
        InstanceKey key =
                new InstanceKey(
                        service(params),
                        params.getOrDefault("ip", ""),
                        Integer.parseInt(params.getOrDefault("port", "0")),
                        params.getOrDefault("clusterName", ""));
        if (method.equals("DELETE")) {
            return new RegistryCommand.RemoveInstance(key);
        }
        Map<String, String> metadata = new TreeMap<>();
        JSON.readTree(params.getOrDefault("metadata", "{}"))
                .properties()
                .forEach(label -> metadata.put(label.getKey(), label.getValue().asString()));
        double weight = Double.parseDouble(params.getOrDefault("weight", "1"));
        return new RegistryCommand.PutInstance(
                InstanceRecord.persistent(key, weight, true, metadata));
    }

    private static ServiceKey service(Map<String, String> params) {
        return ServiceKey.of(
                params.getOrDefault("namespaceId", ""),
                params.getOrDefault("groupName", ""),
                params.getOrDefault("serviceName", ""));
    }

    private String list(Map<String, String> params) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode hosts = answer.putArray("hosts");
        boolean jraft = phase == Phase.JRAFT || phase == Phase.FINALIZED;
        table(jraft ? Stack.JRAFT : Stack.LEGACY)
                .entry(service(params))
                .map(ServiceEntry::instances)
                .ifPresent(all -> all.values().forEach(one -> host(hosts.addObject(), one)));
        answer.put("name", params.get("serviceName"));
        return answer.toString();
    }

    private static void host(ObjectNode host, InstanceRecord instance) {
        host.put("ip", instance.key().ip());
        host.put("port", instance.key().port());
        host.put("clusterName", instance.key().cluster());
        host.put("weight", instance.weight());
        host.put("enabled", instance.enabled());
        host.set("metadata", JSON.valueToTree(instance.metadata()));
    }

    private String records(boolean legacy) {
        StringBuilder lines = new StringBuilder();
        table(legacy ? Stack.LEGACY : Stack.JRAFT)
                .entries()
                .values()
                .forEach(e -> e.records().forEach(r -> lines.append(line(r)).append('\n')));
        return lines.toString();
    }

    private static String line(RegistryRecord record) {
        ObjectNode node = JSON.createObjectNode();
        node.put("namespace", record.service().namespace());
        node.put("group", record.service().group());
        node.put("service", record.service().name());
        if (record instanceof ServiceRecord service) {
            node.put("kind", "service");
            node.put("protectThreshold", service.protectThreshold());
            node.set("metadata", JSON.valueToTree(service.metadata()));
            node.putObject("selector").put("type", "none");
        } else if (record instanceof ClusterRecord cluster) {
            node.put("kind", "cluster");
            node.put("cluster", cluster.key().name());
            ObjectNode checker = node.putObject("checker");
            checker.put("type", cluster.checker().type());
            if (cluster.checker() instanceof HealthChecker.Http http) {
                checker.put("path", http.path());
                checker.put("headers", http.headers());
                checker.put("expectedResponseCode", http.expectedResponseCode());
            }
            node.put("checkPort", cluster.checkPort());
            node.put("useInstancePort", cluster.useInstancePort());
            node.set("metadata", JSON.valueToTree(cluster.metadata()));
        } else if (record instanceof InstanceRecord instance) {
            node.put("kind", "instance");
            host(node, instance);
            node.put("cluster", instance.key().cluster());
            node.put("healthy", instance.healthy());
            node.put("ephemeral", instance.ephemeral());
            node.put("instanceId", instance.instanceId());
        }
        return node.toString();
    }

    private static Map<String, String> params(String encoded) {
        Map<String, String> params = new HashMap<>();
        for (String pair : encoded.split("&", -1)) {
            int at = pair.indexOf('=');
            if (at > 0) {
                String value = URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8);
                params.put(pair.substring(0, at), value);
            }
        }
        return params;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
