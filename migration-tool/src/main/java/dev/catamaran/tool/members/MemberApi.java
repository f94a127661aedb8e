package dev.catamaran.tool.members;

import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.tool.records.RecordReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks members what an operator would ask them, by the same HTTP interface. */
public final class MemberApi implements AutoCloseable {

    private static final String BASE = "/catamaran/v1";
    private static final Timeout CONNECT_LIMIT = Timeout.ofSeconds(1);

    /** An order waits for a commit; a dump of records takes a moment. */
    private static final Timeout ANSWER_LIMIT = Timeout.ofSeconds(15);

    private static final int MAX_CONNECTIONS = 16;

    /**
     * What a member said.
     *
     * @param status HTTP status
     * @param text body
     */
    public record Reply(int status, String text) {
        public boolean isOk() {
            return status == 200;
        }
    }

    private final CloseableHttpClient http;
    private final JsonMapper json = JsonMapper.builder().build();

    public MemberApi() {
        this.http =
                HttpClients.custom()
                        .setConnectionManager(
                                PoolingHttpClientConnectionManagerBuilder.create()
                                        .setMaxConnPerRoute(MAX_CONNECTIONS)
                                        .setMaxConnTotal(4 * MAX_CONNECTIONS)
                                        .setDefaultConnectionConfig(
                                                ConnectionConfig.custom()
                                                        .setConnectTimeout(CONNECT_LIMIT)
                                                        .setSocketTimeout(ANSWER_LIMIT)
                                                        .build())
                                        .build())
                        .setDefaultRequestConfig(
                                RequestConfig.custom().setResponseTimeout(ANSWER_LIMIT).build())
                        .disableAutomaticRetries()
                        .build();
    }

    /**
     * The member's status.
     *
     * @throws IOException if the member does not answer, or not in this form
     */
    public ClusterStatus status(String member) throws IOException {
        Reply reply = get(member, "/status");
        if (!reply.isOk()) {
            throw new IOException(member + " answered " + reply.status() + ": " + reply.text());
        }
        try {
            return ClusterStatus.read(tree(reply.text()));
        } catch (IllegalArgumentException e) {
            throw new IOException(member + " answered no status: " + reply.text(), e);
        }
    }

    /**
     * The records of one stack of the member.
     *
     * @throws IOException if the member does not answer, or not in this form
     */
    public RegistryTable records(String member, Stack stack) throws IOException {
        Reply reply = get(member, "/records?stack=" + stack.name().toLowerCase(Locale.ROOT));
        if (!reply.isOk()) {
            throw new IOException(member + " answered " + reply.status() + ": " + reply.text());
        }
        return RecordReader.read(reply.text()).table();
    }

    /**
     * Orders the cluster into a phase.
     *
     * @param confirm whether the operator knows that there is no way back
     * @throws IOException if it is unknown whether the order arrived
     */
    public Reply order(String member, Phase to, boolean confirm) throws IOException {
        HttpPost request = new HttpPost("http://" + member + BASE + "/phase");
        String body =
                json.writeValueAsString(
                        Map.of("to", to.name(), "confirm", confirm, "reason", "rehearsal"));
        request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        return send(request);
    }

    private Reply get(String member, String path) throws IOException {
        return send(new HttpGet("http://" + member + BASE + path));
    }

    private JsonNode tree(String text) throws IOException {
        try {
            return json.readTree(text);
        } catch (JacksonException e) {
            throw new IOException("not JSON: " + text, e);
        }
    }

    private Reply send(ClassicHttpRequest request) throws IOException {
        return http.execute(request, MemberApi::reply);
    }

    private static Reply reply(ClassicHttpResponse response) throws IOException {
        try {
            return new Reply(
                    response.getCode(),
                    EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new IOException("unreadable answer", e);
        }
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }
}
