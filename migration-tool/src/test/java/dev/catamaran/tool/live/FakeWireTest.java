package dev.catamaran.tool.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.home.HomeContents;
import dev.catamaran.tool.home.HomeReader;
import dev.catamaran.tool.records.RecordSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the double against what real servers answered, so that tests against it prove something.
 */
class FakeWireTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** 1.4 added it; the double writes datums of 1.x in their newest form. */
    private static final String OF_1_4 = "/*/value/finalizeCount";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** A real server's answers, request by request: status, and the form of the body. */
    @ParameterizedTest
    @CsvSource({
        "V1_RAFT, 1.1.4, 6",
        "V1_CATALOG, 1.4.2, 6",
        "V2, 2.4.1, 4",
        "V3, 3.1.0, 13",
    })
    void answersInTheFormOfTheRealServer(FakeNacos.Kind kind, String version, int requests)
            throws Exception {
        List<String> lines = resource("/wire/" + version + ".jsonl").lines().toList();
        assertThat(lines).hasSize(requests);
        for (String line : lines) {
            JsonNode captured = JSON.readTree(line);
            String asked = captured.path("method").asString() + " " + captured.path("uri");
            try (FakeNacos fake = new FakeNacos(kind).holding(golden(kind))) {
                HttpResponse<String> answer =
                        ask(
                                fake,
                                captured.path("method").asString(),
                                captured.path("uri").asString());

                assertThat(answer.statusCode())
                        .as(asked + ": " + answer.body())
                        .isEqualTo(captured.path("status").asInt());
                assertSameForm(asked, answer.body(), captured.path("body").asString());
            }
        }
    }

    /** What real 1.x servers said about their clusters and instances, value by value. */
    @ParameterizedTest
    @EnumSource(
            value = FakeNacos.Kind.class,
            names = {"V1_RAFT", "V1_CATALOG"})
    void answersTheCatalogAsReal1xServersDid(FakeNacos.Kind kind) throws Exception {
        String version = kind == FakeNacos.Kind.V1_RAFT ? "1.1.4" : "1.4.2";
        JsonNode expected = JSON.readTree(resource("/golden/" + version + "/expected-dump.json"));
        try (FakeNacos fake = new FakeNacos(kind).holding(golden(kind))) {
            for (Map.Entry<String, JsonNode> service : expected.properties()) {
                String named =
                        "?namespaceId=public&groupName=DEFAULT_GROUP&serviceName="
                                + service.getKey();
                JsonNode detail =
                        JSON.readTree(ask(fake, "GET", "/v1/ns/catalog/service" + named).body());
                JsonNode own = detail.path("service");
                for (String field : List.of("protectThreshold", "metadata")) {
                    assertThat(own.path(field).toString())
                            .isEqualTo(service.getValue().path("service").path(field).toString());
                }
                assertThat(detail.path("clusters").size())
                        .isEqualTo(service.getValue().path("clusters").size());
                for (JsonNode cluster : detail.path("clusters")) {
                    String name = cluster.path("name").asString();
                    service.getValue()
                            .path("clusters")
                            .path(name)
                            .properties()
                            .forEach(
                                    field ->
                                            assertThat(cluster.path(field.getKey()).toString())
                                                    .as(service.getKey() + " " + name)
                                                    .isEqualTo(field.getValue().toString()));
                    assertInstances(fake, named + "&clusterName=" + name, service.getValue(), name);
                }
            }
        }
    }

    private static void assertInstances(
            FakeNacos fake, String named, JsonNode service, String cluster) throws Exception {
        JsonNode page =
                JSON.readTree(
                        ask(
                                        fake,
                                        "GET",
                                        "/v1/ns/catalog/instances" + named + "&pageNo=1&pageSize=9")
                                .body());
        JsonNode expected = service.path("cat_" + cluster);
        assertThat(page.path("count").asInt()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            JsonNode instance = page.path("list").path(i);
            List<String> fields =
                    List.of("ip", "port", "weight", "enabled", "ephemeral", "metadata");
            for (int f = 0; f < fields.size(); f++) {
                assertThat(instance.path(fields.get(f)).toString())
                        .isEqualTo(expected.path(i).path(f).toString());
            }
        }
    }

    @Test
    void aWrongFormIsSeen() {
        assertThat(unlike("{\"a\":1}", "{\"a\":1,\"b\":2}")).isEmpty();
        assertThat(unlike("{\"a\":[{\"c\":1}]}", "{\"a\":[{\"c\":\"1\"}]}")).hasSize(1);
        assertThat(unlike("{\"x\":1}", "{\"a\":1}")).hasSize(1);
    }

    private static void assertSameForm(String asked, String ours, String real) {
        assertThat(unlike(ours, real)).as(asked + "\n" + ours + "\n" + real).isEmpty();
    }

    /** Paths that the double has and the real server has not, or of another type. */
    private static List<String> unlike(String ours, String real) {
        try {
            SortedMap<String, String> here = new TreeMap<>();
            forms("", JSON.readTree(ours), here);
            SortedMap<String, String> theirs = new TreeMap<>();
            forms("", JSON.readTree(real), theirs);
            return here.entrySet().stream()
                    .filter(form -> !form.getValue().equals(theirs.get(form.getKey())))
                    .filter(form -> !OF_1_4.equals(form.getKey()))
                    .map(form -> form + " is no form of the real server")
                    .toList();
        } catch (JacksonException e) {
            return ours.equals(real) ? List.of() : List.of(ours + " is not " + real);
        }
    }

    private static void forms(String path, JsonNode node, Map<String, String> forms) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> forms(path + "/" + field.getKey(), field.getValue(), forms));
        } else if (node.isArray()) {
            node.forEach(element -> forms(path + "/*", element, forms));
        } else {
            forms.put(path, node.isNumber() ? "NUMBER" : node.getNodeType().toString());
        }
    }

    private static HttpResponse<String> ask(FakeNacos fake, String method, String uri)
            throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(fake.url() + "/nacos" + uri))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static RecordSet golden(FakeNacos.Kind kind) throws IOException {
        String version = kind == FakeNacos.Kind.V1_RAFT ? "1.1.4" : "1.4.2";
        Path home =
                Path.of(
                        URI.create(
                                String.valueOf(
                                        FakeWireTest.class.getResource("/golden/" + version))));
        return RecordSet.of(((HomeContents.Records) HomeReader.read(List.of(home))).records());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = FakeWireTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
