package dev.catamaran.it.rescue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server, hands everything on, and counts the writes. Something may be done at one
 * of them: after the server has done it and before anybody hears of it.
 */
final class WriteGate implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    static {
        // or each answer waits 40 ms for an acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final String server;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(LIMIT)
                    .build();
    private final AtomicInteger writes = new AtomicInteger();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private volatile int number;
    private volatile Runnable then = () -> {};

    /** Before the server at {@code ip:port}. */
    WriteGate(String server) throws IOException {
        this.server = server;
        this.http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** How many writes the server has answered. */
    int writes() {
        return writes.get();
    }

    /** Every write that the server took, as {@code METHOD path?query body}. */
    List<String> log() {
        return List.copyOf(log);
    }

    /** Does this once the server has done the write with this number, counted from the first. */
    void atWrite(int newNumber, Runnable what) {
        then = what;
        number = newNumber;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String method = exchange.getRequestMethod();
        HttpResponse<byte[]> answer;
        try {
            answer = client.send(request(exchange, method, body), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!method.equals("GET") && answer.statusCode() == 200) {
            log.add(method + " " + exchange.getRequestURI() + " " + new String(body, UTF_8));
            if (writes.incrementAndGet() == number) {
                then.run();
            }
        }
        answer.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

    private HttpRequest request(HttpExchange exchange, String method, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + server + exchange.getRequestURI()))
                        .timeout(LIMIT)
                        .method(method, BodyPublishers.ofByteArray(body));
        List<String> types = exchange.getRequestHeaders().get("Content-Type");
        if (types != null) {
            request.header("Content-Type", types.get(0));
        }
        return request.build();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
