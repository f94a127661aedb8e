package dev.catamaran.it.dump;

import dev.catamaran.it.server.NacosApi;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The load that the golden captures were made with: {@code svc-00} to {@code svc-09} with two
 * persistent instances each in the clusters C2 and DEFAULT, thresholds, metadata, health checkers
 * of two types, every third service's first instance updated afterwards, and {@code empty-svc}
 * without instances.
 */
public final class GoldenLoad {

    private static final int SERVICES = 10;
    private static final String LATE = "one-more-";

    /** A group may elect again while the load runs; every call of it may be repeated. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

    private GoldenLoad() {}

    /** The groups that {@link LiveDump} must ask for. */
    public static List<String> groups() {
        return List.of("DEFAULT_GROUP");
    }

    /**
     * Loads it through this server.
     *
     * @throws IOException if a call is not answered with ok in time; names the call
     */
    public static void into(NacosApi api) throws IOException {
        for (int i = 0; i < SERVICES; i++) {
            send(api, "POST", "/v1/ns/service", service(name(i), 0.1 * i, "team" + i));
            send(api, "POST", "/v1/ns/instance", instance(i, 0));
            send(api, "POST", "/v1/ns/instance", instance(i, 1));
            send(api, "PUT", "/v1/ns/cluster", cluster(i));
        }
        for (int i = 0; i < SERVICES; i += 3) {
            Map<String, String> update = new TreeMap<>(instance(i, 0));
            update.put("weight", "7.5");
            update.put("enabled", "false");
            update.put("metadata", "{\"k\":\"v0\",\"upd\":\"1\"}");
            send(api, "PUT", "/v1/ns/instance", update);
        }
        send(api, "POST", "/v1/ns/service", service("empty-svc", 0.3, "nobody"));
    }

    /**
     * Adds one service with one instance and changes the instance, so that each group of a 2.x
     * cluster must take a write.
     *
     * @return what is to be seen then, if {@code before} was to be seen before
     * @throws IOException if a call is not answered with ok in time; names the call
     */
    public static RegistryDump oneMore(NacosApi api, RegistryDump before) throws IOException {
        String late = LATE + (before.services() - SERVICES);
        send(api, "POST", "/v1/ns/service", service(late, 0.2, "late"));
        Map<String, String> instance = new TreeMap<>(instance(0, 1));
        instance.put("serviceName", late);
        send(api, "POST", "/v1/ns/instance", instance);
        instance.put("weight", "3");
        send(api, "PUT", "/v1/ns/instance", instance);
        return ExpectedLoad.oneMore(before, late);
    }

    /** What a 2.x server says once it has the load. */
    public static RegistryDump expected() {
        ExpectedLoad expected = new ExpectedLoad();
        for (int i = 0; i < SERVICES; i++) {
            expected.service(name(i), i);
        }
        return expected.withEmptyService();
    }

    /**
     * Whether an instance of this service is updated by the load, which a 2.x server keeps apart
     * from its registration.
     *
     * @param service for example {@code DEFAULT_GROUP@@svc-03}
     */
    public static boolean hasOverride(String service) {
        for (int i = 0; i < SERVICES; i += 3) {
            if (service.endsWith("@@" + name(i))) {
                return true;
            }
        }
        return service.contains("@@" + LATE);
    }

    static String name(int i) {
        return "svc-%02d".formatted(i);
    }

    private static Map<String, String> service(String name, double threshold, String owner) {
        return Map.of(
                "serviceName",
                name,
                "protectThreshold",
                "%.1f".formatted(threshold),
                "metadata",
                "{\"owner\":\"" + owner + "\"}",
                "selector",
                "{\"type\":\"none\"}");
    }

    private static Map<String, String> instance(int i, int j) {
        return Map.of(
                "serviceName",
                name(i),
                "ip",
                "10.1." + i + "." + (j + 1),
                "port",
                Integer.toString(9000 + j),
                "ephemeral",
                "false",
                "weight",
                Integer.toString(1 + j),
                "enabled",
                "true",
                "clusterName",
                j == 0 ? "C2" : "DEFAULT",
                "metadata",
                "{\"k\":\"v" + j + "\"}");
    }

    private static Map<String, String> cluster(int i) {
        return Map.of(
                "serviceName",
                name(i),
                "clusterName",
                "C2",
                "checkPort",
                Integer.toString(8080 + i),
                "useInstancePort4Check",
                "false",
                "healthChecker",
                i % 2 == 0 ? "{\"type\":\"NONE\"}" : "{\"type\":\"TCP\"}",
                "metadata",
                "{\"cm\":\"c" + i + "\"}");
    }

    private static void send(NacosApi api, String method, String path, Map<String, String> what)
            throws IOException {
        List<String> answers = new ArrayList<>();
        try {
            Awaitility.await()
                    .atMost(CALL_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> isOk(api, method, path, what, answers));
        } catch (ConditionTimeoutException e) {
            throw new IOException(
                    api.address() + " took no " + method + " " + path + " " + what + ": " + answers,
                    e);
        }
    }

    private static boolean isOk(
            NacosApi api,
            String method,
            String path,
            Map<String, String> what,
            List<String> answers) {
        try {
            NacosApi.Reply reply = api.send(method, path, what);
            answers.add(reply.toString());
            // a repeated creation of a service that exists already says so
            boolean done = reply.isOk() && reply.text().trim().equals("ok");
            boolean before = answers.size() > 1 && reply.text().contains("already exists");
            return done || before;
        } catch (IOException e) {
            answers.add(String.valueOf(e.getMessage()));
            return false;
        }
    }
}
