package dev.catamaran.tool.writers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.catamaran.registry.records.ServiceKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Members on loopback ports that share one map: the 1.x calls that the clients make, and faults to
 * order.
 */
final class FakeRegistry implements AutoCloseable {

    /** What a member does with a write. */
    enum Fault {
        NONE,
        /** Acknowledges every tenth write without keeping it. */
        DROPS_SOME,
        /** Says 503 to everything. */
        NOT_NOW,
        /** Says 500 to everything, having done it. */
        DOES_BUT_DOES_NOT_SAY
    }

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Map<String, String>> instances = new TreeMap<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final List<HttpServer> servers = new ArrayList<>();
    private final Map<String, Fault> faults = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    FakeRegistry(int members) throws IOException {
        for (int i = 0; i < members; i++) {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String address = "127.0.0.1:" + server.getAddress().getPort();
            server.createContext("/nacos/v1/ns/", exchange -> answer(address, exchange));
            server.setExecutor(threads);
            server.start();
            servers.add(server);
        }
    }

    List<String> addresses() {
        return servers.stream().map(s -> "127.0.0.1:" + s.getAddress().getPort()).toList();
    }

    synchronized void fault(String member, Fault fault) {
        faults.put(member, fault);
    }

    private void answer(String member, HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            Map<String, String> params = params(query + "&" + body);
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("/operator/metrics")) {
                reply(exchange, 200, "{\"status\":\"UP\"}");
            } else if (path.endsWith("/instance/list")) {
                reply(exchange, 200, list(params));
            } else {
                write(member, exchange, params);
            }
        }
    }

    private void write(String member, HttpExchange exchange, Map<String, String> params)
            throws IOException {
        Fault fault = fault(member);
        if (fault == Fault.NOT_NOW) {
            reply(exchange, 503, "fenced");
            return;
        }
        boolean dropped = fault == Fault.DROPS_SOME && writes.incrementAndGet() % 10 == 0;
        if (!dropped) {
            store(exchange.getRequestMethod(), params);
        }
        boolean silent = fault == Fault.DOES_BUT_DOES_NOT_SAY;
        reply(exchange, silent ? 500 : 200, silent ? "outcome unknown: lost" : "ok");
    }

    private synchronized Fault fault(String member) {
        return faults.getOrDefault(member, Fault.NONE);
    }

    private synchronized void store(String method, Map<String, String> params) {
        String key = params.get("ip") + ":" + params.get("port") + "#" + service(params);
        if (method.equals("DELETE")) {
            instances.remove(key);
        } else {
            instances.put(key, params);
        }
    }

    private static String service(Map<String, String> params) {
        String namespace = params.getOrDefault("namespaceId", "");
        String group = params.getOrDefault("groupName", "");
        return ServiceKey.of(namespace, group, params.getOrDefault("serviceName", "")).text();
    }

    private synchronized String list(Map<String, String> params) {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("name", params.get("serviceName"));
        answer.put("cacheMillis", 3000);
        answer.put("lastRefTime", 1);
        ArrayNode hosts = answer.putArray("hosts");
        instances.forEach(
                (key, instance) -> {
                    if (key.endsWith("#" + service(params))) {
                        ObjectNode host = hosts.addObject();
                        host.put("ip", instance.get("ip"));
                        host.put("port", Integer.parseInt(instance.get("port")));
                        host.put("clusterName", instance.get("clusterName"));
                        host.put("weight", Double.parseDouble(instance.get("weight")));
                        host.put("enabled", true);
                        host.put("healthy", true);
                        host.put("ephemeral", false);
                        host.set("metadata", JSON.readTree(instance.get("metadata")));
                    }
                });
        return answer.toString();
    }

    private static Map<String, String> params(String encoded) {
        Map<String, String> params = new HashMap<>();
        for (String pair : encoded.split("&", -1)) {
            int at = pair.indexOf('=');
            if (at > 0) {
                params.put(
                        pair.substring(0, at),
                        URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
            }
        }
        return params;
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
