package dev.catamaran.it.rescue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * The writes of a migration in a bare loop: what the server itself takes, with nothing round it.
 */
final class BareWrites {

    private static final int TRIES = 500;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String server;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(LIMIT)
                    .build();

    /** To the server at {@code ip:port}. */
    BareWrites(String server) {
        this.server = server;
    }

    /**
     * Writes so many services with a configured cluster and so many instances each, services at the
     * same time, the writes of one service one after another.
     *
     * @return writes per second
     */
    double perSecond(String namespace, int services, int instances, int parallel) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        long begun = System.nanoTime();
        try {
            List<Callable<Integer>> all = new ArrayList<>();
            for (int s = 0; s < services; s++) {
                String service = ManyRecords.name(s);
                int number = s;
                all.add(() -> service(namespace, service, number, instances));
            }
            int writes = 0;
            for (Future<Integer> done : threads.invokeAll(all)) {
                writes += done.get();
            }
            return writes * 1e9 / (System.nanoTime() - begun);
        } finally {
            threads.shutdownNow();
        }
    }

    private int service(String namespace, String name, int number, int instances)
            throws IOException, InterruptedException {
        Map<String, String> named =
                Map.of(
                        "namespaceId",
                        namespace,
                        "groupName",
                        "DEFAULT_GROUP",
                        "serviceName",
                        "DEFAULT_GROUP@@" + name);
        write(
                "POST",
                "/v1/ns/service",
                named,
                Map.of(
                        "protectThreshold", "0.5",
                        "metadata", "{\"owner\":\"team\"}",
                        "selector", "{\"type\":\"none\"}"));
        write(
                "PUT",
                "/v1/ns/cluster",
                named,
                Map.of(
                        "clusterName", "C2",
                        "checkPort", "8080",
                        "useInstancePort4Check", "false",
                        "healthChecker", "{\"type\":\"NONE\"}",
                        "metadata", "{\"c\":\"m\"}"));
        for (int i = 0; i < instances; i++) {
            write(
                    "POST",
                    "/v1/ns/instance",
                    named,
                    Map.of(
                            "ip", ManyRecords.ip(number, i),
                            "port", "9000",
                            "clusterName", "C2",
                            "ephemeral", "false",
                            "weight", "2.0",
                            "enabled", "true",
                            "healthy", "true",
                            "metadata", "{\"k\":\"v\"}"));
        }
        return 2 + instances;
    }

    private void write(
            String method, String path, Map<String, String> named, Map<String, String> fields)
            throws IOException, InterruptedException {
        String query = form(named) + "&" + form(fields);
        String uri = "http://" + server + "/nacos" + path;
        boolean asForm = method.equals("POST");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(asForm ? uri : uri + "?" + query))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .method(method, BodyPublishers.ofString(asForm ? query : ""))
                        .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        // a follower may not have applied yet what it has just passed on to the leader
        for (int more = 0; answer.body().contains("service not found") && more < TRIES; more++) {
            answer = client.send(request, BodyHandlers.ofString());
        }
        if (answer.statusCode() != 200) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + answer.body());
        }
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(
                        one ->
                                one.getKey()
                                        + "="
                                        + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
