package dev.catamaran.tool.rehearse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * A process that looks like a member: it can be started, asked and killed, and passes every call on
 * to the {@link FakeCluster} of the test that started it.
 */
final class FakeMember {

    /** System property that names the address of the test's cluster. */
    static final String CENTRE = "fake.centre";

    static final String MEMBER_HEADER = "X-Member";

    private FakeMember() {}

    /** Takes the options of a real member. */
    public static void main(String[] args) throws IOException {
        List<String> options = Arrays.asList(args);
        String address = options.get(options.indexOf("--address") + 1);
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> passOn(address, exchange));
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    private static void passOn(String address, HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            URI uri = URI.create("http://" + System.getProperty(CENTRE) + exchange.getRequestURI());
            HttpURLConnection centre = (HttpURLConnection) uri.toURL().openConnection();
            centre.setRequestMethod(exchange.getRequestMethod());
            centre.setRequestProperty(MEMBER_HEADER, address);
            if (body.length > 0) {
                centre.setDoOutput(true);
                centre.getOutputStream().write(body);
            }
            int status = centre.getResponseCode();
            byte[] answer =
                    (status < 400 ? centre.getInputStream() : centre.getErrorStream())
                            .readAllBytes();
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
