package dev.catamaran.it.server;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * Speaks to one server as any client of its HTTP API would; nothing is ever repeated behind the
 * back.
 */
public final class NacosApi implements AutoCloseable {

    private static final Timeout CONNECT_LIMIT = Timeout.ofSeconds(2);

    /**
     * A persistent write waits for a majority; a paused member answers when it is woken or never.
     */
    private static final Timeout ANSWER_LIMIT = Timeout.ofSeconds(10);

    /**
     * What a server said.
     *
     * @param status HTTP status
     * @param text body
     */
    public record Reply(int status, String text) {

        public boolean isOk() {
            return status == 200;
        }

        @Override
        public String toString() {
            return status + " " + text;
        }
    }

    private final String address;
    private final CloseableHttpClient http;

    /** Speaks to the server at {@code ip:port}. */
    public NacosApi(String address) {
        this.address = address;
        this.http =
                HttpClients.custom()
                        .setConnectionManager(
                                PoolingHttpClientConnectionManagerBuilder.create()
                                        .setDefaultConnectionConfig(
                                                ConnectionConfig.custom()
                                                        .setConnectTimeout(CONNECT_LIMIT)
                                                        .setSocketTimeout(ANSWER_LIMIT)
                                                        .build())
                                        .build())
                        .setDefaultRequestConfig(
                                RequestConfig.custom().setResponseTimeout(ANSWER_LIMIT).build())
                        .disableAutomaticRetries()
                        .disableCookieManagement()
                        .build();
    }

    public String address() {
        return address;
    }

    /**
     * Reads {@code path} below {@code /nacos}.
     *
     * @throws IOException if no answer came
     */
    public Reply get(String path, Map<String, String> parameters) throws IOException {
        return send("GET", path, parameters);
    }

    /**
     * Sends a request without a body; the parameters go into the query.
     *
     * @throws IOException if no answer came: it may have been done all the same
     */
    public Reply send(String method, String path, Map<String, String> parameters)
            throws IOException {
        HttpUriRequestBase request = new HttpUriRequestBase(method, uri(path, parameters));
        if (!method.equals("GET") && !method.equals("DELETE")) {
            request.setEntity(new StringEntity("", StandardCharsets.UTF_8));
        }
        return http.execute(request, NacosApi::reply);
    }

    private URI uri(String path, Map<String, String> parameters) {
        try {
            URIBuilder uri = new URIBuilder("http://" + address + "/nacos" + path);
            parameters.forEach(uri::addParameter);
            return uri.build();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a path: " + path, e);
        }
    }

    private static Reply reply(ClassicHttpResponse response) throws IOException {
        try {
            return new Reply(
                    response.getCode(),
                    response.getEntity() == null
                            ? ""
                            : EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new IOException("unreadable answer", e);
        }
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }
}
