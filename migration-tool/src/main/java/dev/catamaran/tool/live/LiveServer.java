package dev.catamaran.tool.live;

import static java.util.Objects.requireNonNull;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * One server and how to speak to it: logs in when it must, logs in again when the token is old, and
 * repeats what failed for a moment. Every call made through it may be made twice. May be used by
 * several threads.
 */
public final class LiveServer implements AutoCloseable {

    private static final Timeout CONNECT_LIMIT = Timeout.ofSeconds(3);

    /** Real servers give a write up after 5 s. */
    private static final Timeout ANSWER_LIMIT = Timeout.ofSeconds(8);

    /**
     * Long enough for an election (7 s measured), and with one more answer still shorter than the
     * lease of a job.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MAX_CONNECTIONS = 64;

    /** A list of one page; nothing else is as long. */
    private static final int MAX_ANSWER_CHARS = 64 << 20;

    /** Servers bound a request's head to 8 KiB; what is longer travels as a form. */
    private static final int MAX_QUERY = 6_000;

    private final ServerAddress address;
    private final CloseableHttpClient http;
    private final Login login;
    private final RetryPolicy<ServerReply> patience;

    /** Whether it ever answered: only then a refused connection may be a restart. */
    private volatile boolean reached;

    /** Connects to nobody yet. */
    public LiveServer(ServerAddress address, Credentials credentials) {
        this(address, credentials, PATIENCE);
    }

    LiveServer(ServerAddress address, Credentials credentials, Duration patience) {
        this.address = requireNonNull(address, "address is null");
        this.http = client();
        this.login = new Login(credentials, this::send);
        this.patience =
                RetryPolicy.<ServerReply>builder()
                        .handle(IOException.class)
                        .abortOn(RefusedException.class)
                        .abortOn(failure -> !reached && isNobody(failure))
                        .handleResultIf(LiveServer::mayPass)
                        .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(3))
                        .withJitter(0.2)
                        .withMaxAttempts(-1)
                        .withMaxDuration(patience)
                        .build();
    }

    private static CloseableHttpClient client() {
        return HttpClients.custom()
                .setConnectionManager(
                        PoolingHttpClientConnectionManagerBuilder.create()
                                .setMaxConnPerRoute(MAX_CONNECTIONS)
                                .setMaxConnTotal(MAX_CONNECTIONS)
                                .setDefaultConnectionConfig(
                                        ConnectionConfig.custom()
                                                .setConnectTimeout(CONNECT_LIMIT)
                                                .setSocketTimeout(ANSWER_LIMIT)
                                                .build())
                                .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(ANSWER_LIMIT).build())
                // not a Java client: 1.x lets those update only what exists (legacy-raft 8.1)
                .setUserAgent("Catamaran-Migrate")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .build();
    }

    /** Nobody listens there, or it has no such name: waiting would only hide a typing mistake. */
    private static boolean isNobody(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof ConnectTimeoutException;
    }

    public ServerAddress address() {
        return address;
    }

    /** Busy, electing, or fenced: a moment later the answer may be another. */
    private static boolean mayPass(ServerReply reply) {
        return reply.status() == 429
                || reply.status() == 502
                || reply.status() == 503
                || reply.status() == 504
                || (reply.status() == 500 && !reply.text().contains("is not found"));
    }

    /**
     * Asks until there is an answer that is not a passing failure.
     *
     * @return any answer but a passing failure; a 500 if it stays one until patience runs out
     * @throws RefusedException if the server wants a login and does not get a good one
     * @throws UnreachableException if it cannot be reached, or stays busy
     */
    ServerReply call(ServerCall call) throws IOException {
        ServerReply reply = patiently(() -> once(call));
        if (mayPass(reply) && reply.status() != 500) {
            throw new UnreachableException(
                    address + " stayed busy: " + reply.unexpected().getMessage(), null);
        }
        return reply;
    }

    /** Asks once, for finding out what a server is. */
    ServerReply once(ServerCall call) throws IOException {
        ServerReply reply = send(call, login.token());
        if (reply.status() == 403 || reply.status() == 401) {
            return send(call, login.again(reply));
        }
        return reply;
    }

    private interface Attempt {
        ServerReply run() throws IOException;
    }

    private ServerReply patiently(Attempt attempt) throws IOException {
        try {
            return Failsafe.with(patience).get(attempt::run);
        } catch (FailsafeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof RefusedException refused) {
                throw refused;
            }
            String advice =
                    !reached && isNobody(cause)
                            ? ". Check the address and its port, and that the server runs"
                            : "";
            throw new UnreachableException(
                    address + " cannot be reached: " + cause.getMessage() + advice, cause);
        }
    }

    private ServerReply send(ServerCall call, String token) throws IOException {
        ServerReply reply = http.execute(request(call, token), response -> reply(call, response));
        reached = true;
        return reply;
    }

    private HttpUriRequestBase request(ServerCall call, String token) throws IOException {
        List<NameValuePair> params = new ArrayList<>(call.params());
        boolean asForm = call.method().equals("POST") || length(params) > MAX_QUERY;
        try {
            URIBuilder uri = new URIBuilder(call.uri(address));
            if (!asForm) {
                uri.addParameters(params);
            }
            if (!token.isEmpty()) {
                uri.addParameter(new BasicNameValuePair("accessToken", token));
            }
            HttpUriRequestBase request = new HttpUriRequestBase(call.method(), uri.build());
            if (asForm) {
                request.setEntity(new UrlEncodedFormEntity(params, StandardCharsets.UTF_8));
            }
            return request;
        } catch (java.net.URISyntaxException e) {
            throw new IOException("not an address: " + address, e);
        }
    }

    private static int length(List<NameValuePair> params) {
        int length = 0;
        for (NameValuePair param : params) {
            length += param.getName().length() + 2;
            length += 3 * param.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        return length;
    }

    private static ServerReply reply(ServerCall call, ClassicHttpResponse response)
            throws IOException {
        try {
            HttpEntity entity = response.getEntity();
            String text =
                    entity == null
                            ? ""
                            : EntityUtils.toString(
                                    entity, StandardCharsets.UTF_8, MAX_ANSWER_CHARS);
            return new ServerReply(call, response.getCode(), text);
        } catch (ParseException e) {
            throw new IOException(call + ": unreadable answer", e);
        }
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }
}
