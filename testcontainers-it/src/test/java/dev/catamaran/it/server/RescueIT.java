package dev.catamaran.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.tool.job.Claim;
import dev.catamaran.tool.job.ClaimAttempt;
import dev.catamaran.tool.job.Job;
import dev.catamaran.tool.job.Journal;
import dev.catamaran.tool.job.JournalPlace;
import dev.catamaran.tool.live.Credentials;
import dev.catamaran.tool.live.Interface;
import dev.catamaran.tool.live.Progress;
import dev.catamaran.tool.live.ServerAddress;
import dev.catamaran.tool.migrate.Access;
import dev.catamaran.tool.migrate.JobArguments;
import dev.catamaran.tool.migrate.Migration;
import dev.catamaran.tool.migrate.MigrationReport;
import dev.catamaran.tool.migrate.MigrationSettings;
import dev.catamaran.tool.migrate.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever jumped from 1.4 straight to 2.2 or later gets the records back: from the old homes into a
 * real server, whose own answers are then those of the old cluster.
 */
class RescueIT {

    private static final Duration UP = Duration.ofMinutes(3);
    private static final Path GOLDEN =
            Path.of("..", "migration-tool", "src", "test", "resources", "golden");

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"1.4.2, 2.2.3", "1.1.4, 2.5.0"})
    void theRecordsOfAnOldHomeAreAnsweredByARealNewServer(String from, String to) throws Exception {
        try (ServerCluster one = RealServers.nacos(to).standalone()) {
            ServerNode server = one.node(0);
            server.start();
            server.awaitUp(UP);

            MigrationReport first = migrate(GOLDEN.resolve(from), server);
            assertThat(first.verdict())
                    .as(first.because() + first.failures())
                    .isEqualTo(MigrationReport.Verdict.DONE);
            System.out.println(
                    "%s -> %s: %d writes, %.0f per second"
                            .formatted(
                                    from,
                                    to,
                                    first.counts().written(),
                                    first.counts().perSecond()));

            JsonNode expected =
                    JsonMapper.shared()
                            .readTree(
                                    Files.readString(
                                            GOLDEN.resolve(from).resolve("expected-dump.json")));
            assertThat(expected.size()).isEqualTo(11);
            for (Map.Entry<String, JsonNode> service : expected.properties()) {
                assertAnswered(server.api(), service.getKey(), service.getValue());
            }
            assertThat(migrate(GOLDEN.resolve(from), server).counts().written())
                    .as("nothing is written twice")
                    .isZero();
        }
    }

    private MigrationReport migrate(Path home, ServerNode server) throws IOException {
        Access access = new Access(Credentials.NONE, Set.of(), 4);
        MigrationSettings settings =
                new MigrationSettings(
                        new Source.Homes(List.of(home.toAbsolutePath().normalize())),
                        ServerAddress.parse("http://" + server.api().address()).orElseThrow(),
                        access,
                        access,
                        Interface.AUTO,
                        0,
                        false,
                        ReconcileLimits.DEFAULT);
        try (Journal journal = Journal.open(JournalPlace.file(folder.resolve("journal")))) {
            String id = journal.create("migrate", "it", "here", JobArguments.of(settings));
            Claim claim = ((ClaimAttempt.Claimed) journal.claim(id, "it")).claim();
            Job job = journal.job(id).orElseThrow();
            return new Migration(settings, Progress.SILENT).run(claim, job, journal.steps(id));
        }
    }

    /** The fields of the dump, asked for as the dump asked for them. */
    private static void assertAnswered(NacosApi api, String grouped, JsonNode expected)
            throws IOException {
        JsonNode service = json(api, "/v1/ns/catalog/service", Map.of("serviceName", grouped));
        JsonNode wanted = expected.path("service");
        assertThat(service.path("service").path("metadata")).isEqualTo(wanted.path("metadata"));
        assertThat(service.path("service").path("protectThreshold").asDouble())
                .isEqualTo(wanted.path("protectThreshold").asDouble());
        assertThat(service.path("service").path("selector").path("type"))
                .isEqualTo(wanted.path("selector").path("type"));
        for (JsonNode cluster : service.path("clusters")) {
            // 1.x shows 80 as defaultCheckPort whatever is configured; 2.x shows what is
            JsonNode old = expected.path("clusters").path(cluster.path("name").asString());
            assertThat(cluster.path("metadata")).isEqualTo(old.path("metadata"));
            assertThat(cluster.path("healthChecker").path("type"))
                    .isEqualTo(old.path("healthChecker").path("type"));
            assertThat(cluster.path("useIPPort4Check")).isEqualTo(old.path("useIPPort4Check"));
        }
        assertThat(service.path("clusters").size()).isEqualTo(expected.path("clusters").size());
        for (String cluster : List.of("DEFAULT", "C2")) {
            if (expected.path("cat_" + cluster).isArray()) {
                assertInstances(api, grouped, cluster, expected.path("cat_" + cluster));
            }
        }
    }

    private static void assertInstances(
            NacosApi api, String grouped, String cluster, JsonNode expected) throws IOException {
        JsonNode list =
                json(
                                api,
                                "/v1/ns/catalog/instances",
                                new TreeMap<>(
                                        Map.of(
                                                "serviceName",
                                                grouped,
                                                "clusterName",
                                                cluster,
                                                "pageNo",
                                                "1",
                                                "pageSize",
                                                "500")))
                        .path("list");
        assertThat(list.size()).isEqualTo(expected.size());
        for (int i = 0; i < list.size(); i++) {
            assertThat(list.get(i).path("ip")).isEqualTo(expected.get(i).get(0));
            assertThat(list.get(i).path("port").asInt()).isEqualTo(expected.get(i).get(1).asInt());
            assertThat(list.get(i).path("weight").asDouble())
                    .isEqualTo(expected.get(i).get(2).asDouble());
            assertThat(list.get(i).path("enabled")).isEqualTo(expected.get(i).get(3));
            assertThat(list.get(i).path("ephemeral")).isEqualTo(expected.get(i).get(4));
            assertThat(list.get(i).path("metadata")).isEqualTo(expected.get(i).get(5));
        }
    }

    private static JsonNode json(NacosApi api, String path, Map<String, String> parameters)
            throws IOException {
        NacosApi.Reply reply = api.get(path, parameters);
        assertThat(reply.isOk()).as(reply.toString()).isTrue();
        return JsonMapper.shared().readTree(reply.text());
    }
}
