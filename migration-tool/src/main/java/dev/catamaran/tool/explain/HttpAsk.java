package dev.catamaran.tool.explain;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;

/** Asks by HTTP, once, within bounds. */
final class HttpAsk implements LiveReader.Ask, AutoCloseable {

    private static final Timeout CONNECT_LIMIT = Timeout.ofSeconds(2);
    private static final Timeout ANSWER_LIMIT = Timeout.ofSeconds(10);

    /** The metrics of a large 2.0 cluster name every service that differs. */
    private static final int MAX_ANSWER = 16 * 1024 * 1024;

    private final CloseableHttpClient http;

    HttpAsk() {
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
                        .disableRedirectHandling()
                        .build();
    }

    @Override
    public Optional<String> get(URI base, String path) throws IOException {
        return http.execute(new HttpGet(URI.create(base + path)), HttpAsk::read);
    }

    private static Optional<String> read(ClassicHttpResponse response) throws IOException {
        if (response.getCode() != 200 || response.getEntity() == null) {
            return Optional.empty();
        }
        try (InputStream body = response.getEntity().getContent()) {
            byte[] bytes = body.readNBytes(MAX_ANSWER + 1);
            if (bytes.length > MAX_ANSWER) {
                throw new IOException("its answer is larger than " + MAX_ANSWER + " bytes");
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
