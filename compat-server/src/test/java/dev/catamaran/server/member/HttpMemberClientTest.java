package dev.catamaran.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.catamaran.server.member.MemberClient.MemberResponse;
import dev.catamaran.server.member.MemberClient.NotSentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpMemberClientTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final InetAddress local = InetAddress.getLoopbackAddress();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpMemberClient client = new HttpMemberClient(local, Map.of("who", "me"));
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(local, 0), 0);
        server.setExecutor(threads);
        server.start();
        client.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void carriesTheBodyBothWaysWithTheIdentity() throws Exception {
        handle(
                exchange -> {
                    String got =
                            exchange.getRequestHeaders().getFirst("who")
                                    + " "
                                    + exchange.getRequestMethod()
                                    + " "
                                    + exchange.getRequestURI()
                                    + " "
                                    + new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8);
                    answer(exchange, 418, got);
                });

        MemberResponse response = send("PUT", "/x?a=b", "中文", SOON);

        assertThat(response.status()).isEqualTo(418);
        assertThat(response.text()).isEqualTo("me PUT /x?a=b 中文");
    }

    @Test
    void aRefusedConnectionIsCertainlyNotSent() {
        int port = server.getAddress().getPort();
        server.stop(0);

        Throwable failure = failure("127.0.0.1:" + port, SOON);

        assertThat(failure).isInstanceOf(NotSentException.class);
    }

    @Test
    void silenceIsNotProofThatNothingWasSent() {
        CountDownLatch forever = new CountDownLatch(1);
        handle(
                exchange -> {
                    try {
                        forever.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });

        Throwable failure = failure(address(), Duration.ofMillis(200));

        assertThat(failure).isNotInstanceOf(NotSentException.class);
        forever.countDown();
    }

    @Test
    void aBrokenAnswerIsNeitherRepeatedNorCalledUnsent() {
        AtomicInteger calls = new AtomicInteger();
        handle(
                exchange -> {
                    calls.incrementAndGet();
                    exchange.close();
                });

        Throwable failure = failure(address(), SOON);

        assertThat(failure).isNotInstanceOf(NotSentException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        handle(
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] block = new byte[1 << 20];
                    for (int i = 0; i <= BoundedResponse.MAX_BYTES >> 20; i++) {
                        exchange.getResponseBody().write(block);
                    }
                    exchange.close();
                });

        assertThat(failure(address(), Duration.ofSeconds(20))).hasStackTraceContaining("longer");
    }

    private String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpHandler handler) {
        server.createContext("/", handler);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private MemberResponse send(String method, String path, String body, Duration timeout)
            throws InterruptedException, ExecutionException {
        return client.send(
                        method,
                        address(),
                        path,
                        "text/plain",
                        body.getBytes(StandardCharsets.UTF_8),
                        timeout)
                .get();
    }

    private Throwable failure(String address, Duration timeout) {
        return client.send("POST", address, "/x", "text/plain", new byte[] {1}, timeout)
                .handle((response, failure) -> failure == null ? new AssertionError() : failure)
                .join();
    }
}
