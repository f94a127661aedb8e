package dev.catamaran.tool.writers;

import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.InstanceRecord;
import dev.catamaran.registry.records.ServiceKey;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIBuilder;
import org.apache.hc.core5.util.Timeout;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks the 1.x HTTP interface directly, as scripts and clients of other languages do (spec:
 * legacy-raft 8.1, 8.2). Tries once; retrying is the caller's.
 */
final class PlainClient implements RegistryClient {

    private static final String PATH = "/nacos/v1/ns/instance";

    /** A server holds a write for up to 2 s and gives up on it before 6 s. */
    private static final Timeout ANSWER_LIMIT = Timeout.ofSeconds(8);

    private static final Timeout CONNECT_LIMIT = Timeout.ofSeconds(1);
    private static final int MAX_CONNECTIONS_PER_MEMBER = 64;
    private static final int MAX_DETAIL = 200;
    private static final int MAX_ATTEMPTS = 6;

    private record Reply(int status, String text) {}

    private final CloseableHttpClient http;
    private final JsonMapper json = JsonMapper.builder().build();

    PlainClient() {
        this.http =
                HttpClients.custom()
                        .setConnectionManager(
                                PoolingHttpClientConnectionManagerBuilder.create()
                                        .setMaxConnPerRoute(MAX_CONNECTIONS_PER_MEMBER)
                                        .setMaxConnTotal(4 * MAX_CONNECTIONS_PER_MEMBER)
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
                        .disableCookieManagement()
                        .build();
    }

    @Override
    public String asked(String member) {
        return member;
    }

    @Override
    public int attempts() {
        return MAX_ATTEMPTS;
    }

    @Override
    public Answer put(InstanceRecord record, boolean update, String member) {
        List<NameValuePair> params = identity(record.key());
        params.add(pair("weight", Double.toString(record.weight())));
        params.add(pair("enabled", Boolean.toString(record.enabled())));
        params.add(pair("healthy", Boolean.toString(record.healthy())));
        params.add(pair("metadata", json.writeValueAsString(record.metadata())));
        // half of the world sends forms, the other half queries: each verb tries one
        return update
                ? write(withQuery("PUT", member, PATH, params))
                : write(withForm("POST", member, PATH, params));
    }

    @Override
    public Answer remove(InstanceKey key, String member) {
        return write(withQuery("DELETE", member, PATH, identity(key)));
    }

    @Override
    public List<SeenInstance> list(ServiceKey service, String member) throws IOException {
        List<NameValuePair> params =
                List.of(
                        pair("namespaceId", service.namespace()),
                        pair("groupName", service.group()),
                        pair("serviceName", service.grouped()));
        Reply reply = send(withQuery("GET", member, PATH + "/list", params));
        if (reply.status() != 200) {
            throw new IOException(member + " answered " + reply.status() + ": " + reply.text());
        }
        return parse(reply.text());
    }

    private List<SeenInstance> parse(String text) throws IOException {
        try {
            List<SeenInstance> seen = new ArrayList<>();
            for (JsonNode host : json.readTree(text).path("hosts")) {
                Map<String, String> metadata = new TreeMap<>();
                host.path("metadata")
                        .properties()
                        .forEach(
                                field -> metadata.put(field.getKey(), field.getValue().asString()));
                seen.add(
                        new SeenInstance(
                                host.path("ip").asString(),
                                host.path("port").asInt(),
                                host.path("clusterName").asString(),
                                host.path("weight").asDouble(),
                                host.path("enabled").asBoolean(),
                                metadata));
            }
            return seen;
        } catch (JacksonException e) {
            throw new IOException("not an instance list: " + cut(text), e);
        }
    }

    private Answer write(HttpUriRequestBase request) {
        try {
            Reply reply = send(request);
            if (reply.status() == 200 && reply.text().equals("ok")) {
                return Answer.DONE;
            }
            String detail = reply.status() + " " + cut(reply.text());
            if (reply.status() == 503) {
                return Answer.refused(detail);
            }
            return reply.status() >= 400 && reply.status() < 500
                    ? Answer.rejected(detail)
                    : Answer.unknown(detail);
        } catch (ConnectTimeoutException | ConnectException e) {
            return Answer.refused("not connected: " + e.getMessage());
        } catch (IOException e) {
            return Answer.unknown("no answer: " + e);
        }
    }

    private Reply send(HttpUriRequestBase request) throws IOException {
        return http.execute(request, PlainClient::reply);
    }

    private static Reply reply(ClassicHttpResponse response) throws IOException {
        try {
            String text =
                    response.getEntity() == null
                            ? ""
                            : EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8);
            return new Reply(response.getCode(), text);
        } catch (org.apache.hc.core5.http.ParseException e) {
            throw new IOException("unreadable answer", e);
        }
    }

    private static HttpUriRequestBase withForm(
            String method, String member, String path, List<NameValuePair> params) {
        HttpUriRequestBase request = withQuery(method, member, path, List.of());
        request.setEntity(new UrlEncodedFormEntity(params, StandardCharsets.UTF_8));
        return request;
    }

    private static HttpUriRequestBase withQuery(
            String method, String member, String path, List<NameValuePair> params) {
        try {
            URIBuilder uri = new URIBuilder("http://" + member + path);
            return new HttpUriRequestBase(method, uri.addParameters(params).build());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalArgumentException("not a member address: " + member, e);
        }
    }

    private static List<NameValuePair> identity(InstanceKey key) {
        return new ArrayList<>(
                List.of(
                        pair("namespaceId", key.service().namespace()),
                        pair("groupName", key.service().group()),
                        pair("serviceName", key.service().grouped()),
                        pair("ip", key.ip()),
                        pair("port", Integer.toString(key.port())),
                        pair("clusterName", key.cluster()),
                        pair("ephemeral", "false")));
    }

    private static NameValuePair pair(String name, String value) {
        return new BasicNameValuePair(name, value);
    }

    private static String cut(String text) {
        return text.length() > MAX_DETAIL ? text.substring(0, MAX_DETAIL) + "…" : text;
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }
}
