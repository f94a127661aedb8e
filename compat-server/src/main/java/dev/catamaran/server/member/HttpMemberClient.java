package dev.catamaran.server.member;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * {@link MemberClient} over one pool of connections. It never repeats a request by itself and never
 * follows a redirect: whether a call may be made again is the caller's to say.
 */
public final class HttpMemberClient implements MemberClient, AutoCloseable {

    /** Real servers let requests with this prefix pass while they start (legacy-raft 1.3). */
    static final String USER_AGENT = "Nacos-Server:catamaran";

    /** A member that is up accepts within this on any network a cluster can live on. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** Bounds what one slow member can hold. */
    private static final int CONNECTIONS_PER_MEMBER = 64;

    private static final int CONNECTIONS = 512;
    private static final int IO_THREADS = 2;

    /** Connections idle for longer may have been closed silently in between. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final CloseableHttpAsyncClient http;
    private final Map<String, String> headers;

    /**
     * A client; call {@link #start()} before the first request.
     *
     * @param from address requests leave from, so that others can tell a member by it
     * @param headers headers of every request, for the identity of members
     */
    public HttpMemberClient(InetAddress from, Map<String, String> headers) {
        requireNonNull(from, "from is null");
        this.headers = Map.copyOf(headers);
        this.http =
                HttpAsyncClients.custom()
                        .setConnectionManager(
                                PoolingAsyncClientConnectionManagerBuilder.create()
                                        .setMaxConnPerRoute(CONNECTIONS_PER_MEMBER)
                                        .setMaxConnTotal(CONNECTIONS)
                                        .setDefaultTlsConfig(
                                                TlsConfig.custom()
                                                        .setVersionPolicy(
                                                                HttpVersionPolicy.FORCE_HTTP_1)
                                                        .build())
                                        .setDefaultConnectionConfig(
                                                ConnectionConfig.custom()
                                                        .setConnectTimeout(
                                                                Timeout.of(CONNECT_TIMEOUT))
                                                        .setIdleTimeout(Timeout.of(IDLE))
                                                        .build())
                                        .build())
                        .setIOReactorConfig(
                                IOReactorConfig.custom()
                                        .setIoThreadCount(IO_THREADS)
                                        .setTcpNoDelay(true)
                                        .build())
                        .setRoutePlanner(new FromOwnAddress(from))
                        .evictIdleConnections(TimeValue.of(IDLE))
                        .disableAutomaticRetries()
                        .disableRedirectHandling()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .setUserAgent(USER_AGENT)
                        .build();
    }

    /** Starts the client's threads. */
    public void start() {
        http.start();
    }

    @Override
    public CompletableFuture<MemberResponse> send(
            String method,
            String address,
            String pathAndQuery,
            String contentType,
            byte[] body,
            Duration timeout) {
        SimpleRequestBuilder builder =
                SimpleRequestBuilder.create(method).setUri("http://" + address + pathAndQuery);
        headers.forEach(builder::setHeader);
        if (body.length > 0) {
            builder.setBody(body, ContentType.parse(contentType));
        }
        SimpleHttpRequest request = builder.build();
        request.setConfig(
                RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(CONNECT_TIMEOUT))
                        .setResponseTimeout(Timeout.of(timeout))
                        .build());
        CompletableFuture<MemberResponse> answer = new CompletableFuture<>();
        Future<MemberResponse> call =
                http.execute(
                        SimpleRequestProducer.create(request),
                        new BoundedResponse(),
                        new Completing(answer, address));
        answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete(
                        (response, failure) -> {
                            if (failure != null) {
                                call.cancel(true);
                            }
                        });
        return answer;
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }

    /** Whether a failure proves that the other side never got the request. */
    private static boolean notSent(Exception failure) {
        return failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException
                || failure instanceof ConnectTimeoutException
                || failure instanceof ConnectionRequestTimeoutException
                || failure instanceof RequestNotExecutedException;
    }

    /** Requests leave from the member's own address, by which others know it. */
    private static final class FromOwnAddress extends DefaultRoutePlanner {

        private final InetAddress from;

        private FromOwnAddress(InetAddress from) {
            super(DefaultSchemePortResolver.INSTANCE);
            this.from = from;
        }

        @Override
        protected InetAddress determineLocalAddress(HttpHost first, HttpContext context) {
            return from;
        }
    }

    /** Hands the end of a call to its future. */
    private record Completing(CompletableFuture<MemberResponse> answer, String address)
            implements FutureCallback<MemberResponse> {

        @Override
        public void completed(MemberResponse response) {
            answer.complete(response);
        }

        @Override
        public void failed(Exception failure) {
            answer.completeExceptionally(
                    notSent(failure)
                            ? new NotSentException(
                                    "member " + address + " was not reached: " + failure, failure)
                            : new IOException(
                                    "no answer from member " + address + ": " + failure, failure));
        }

        @Override
        public void cancelled() {
            answer.completeExceptionally(new CancellationException("call to " + address));
        }
    }
}
