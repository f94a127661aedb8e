package dev.catamaran.tool.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.tool.path.Situation.Storage;
import dev.catamaran.tool.path.Way.Kind;
import dev.catamaran.tool.path.Way.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PathPlannerTest {

    /** One of each line that differs in something that counts here. */
    private static final List<String> VERSIONS =
            List.of(
                    "1.0.0", "1.1.4", "1.3.1", "1.3.2", "1.4.0", "1.4.2", "1.4.4", "1.4.8", "2.0.0",
                    "2.0.3", "2.0.4", "2.1.2", "2.2.0", "2.2.0.1", "2.2.1", "2.2.3", "2.3.0",
                    "2.3.1", "2.3.2", "2.4.1", "2.5.1", "3.0.3", "3.1.0", "3.3.0");

    @Test
    void goesFrom14ThroughTheLastReleaseThatWritesBothModels() {
        Way rolling = way(situation("1.4.2", "2.5.1"), Kind.ROLLING);

        assertThat(rolling.hops())
                .extracting(Hop::title)
                .containsExactly(
                        "roll 1.4.2 to 2.0.4",
                        "close the double write",
                        "roll 2.0.4 to 2.2.3",
                        "roll 2.2.3 to 2.3.2",
                        "roll 2.3.2 to 2.5.1");
        assertThat(rolling.hops())
                .extracting(Hop::noWayBack)
                .containsExactly(false, true, true, true, false);
        assertThat(rolling.risks().get(0)).contains("5 of 577");
    }

    @Test
    void closesTheDirectJumpOver22AndSaysWhereTheRecordsAreIfItHappened() {
        Way direct = way(situation("1.4.1", "2.2.2"), Kind.DIRECT);

        assertThat(ids(direct)).containsExactly("jump-over-2.2");
        assertThat(direct.stops().get(0).instead()).contains("migrate --from HOME");
        assertThat(PathPlanner.plan(situation("1.4.1", "2.1.2"))).hasSize(2);
        assertThat(PathPlanner.plan(situation("2.0.3", "2.2.2"))).hasSize(2);
    }

    @Test
    void knowsThatLate14WritesANewerRocksDbThanEvery20Reads() {
        assertThat(ids(way(situation("1.4.6", "2.0.4"), Kind.ROLLING)))
                .containsExactly("rocksdb-downgrade");
        assertThat(ids(way(situation("1.4.4", "2.5.1"), Kind.ROLLING)))
                .containsExactly("rocksdb-downgrade");
        assertThat(way(situation("1.4.3", "2.0.4"), Kind.ROLLING).isOpen()).isTrue();
        assertThat(ids(way(situation("2.3.0", "2.2.0"), Kind.ROLLING)))
                .containsExactly("rocksdb-downgrade");
    }

    @Test
    void advisesTheWayThatRisksNoRecords() {
        assertThat(advised("1.4.2", "2.5.1")).isEqualTo(Kind.PARALLEL);
        assertThat(advised("2.2.3", "2.5.1")).isEqualTo(Kind.ROLLING);
        assertThat(advised("1.1.4", "1.4.2")).isEqualTo(Kind.ROLLING);
        assertThat(PathPlanner.advised(situation("2.5.1", "2.5.1"))).isEmpty();
    }

    @Test
    void advisesNoRollDownThatNobodyMeasured() {
        for (List<String> down :
                List.of(
                        List.of("3.0.1", "2.5.1"),
                        List.of("2.4.3", "2.4.1"),
                        List.of("1.4.2", "1.3.0"))) {
            Situation s = situation(down.get(0), down.get(1));

            assertThat(ids(way(s, Kind.ROLLING))).as(s + "").contains("downgrade-not-measured");
            assertThat(advised(down.get(0), down.get(1))).isEqualTo(Kind.PARALLEL);
        }
    }

    @Test
    void plansNothingWithVersionsOfWhichNothingIsKnown() {
        for (List<String> strange :
                List.of(
                        List.of("9.9.9", "10.0.0"),
                        List.of("0.8.0", "2.5.0"),
                        List.of("1.4.2", "2.6.0"))) {
            Situation s = situation(strange.get(0), strange.get(1));

            assertThat(ids(way(s, Kind.ROLLING))).contains("unknown-version");
            assertThat(ids(way(s, Kind.PARALLEL))).contains("unknown-version");
            assertThat(PathPlanner.advised(s)).isEmpty();
        }
    }

    @Test
    void everyCommandOfOursIsOneThatCanBeRun() {
        Way rolling = way(situation("2.5.1", "3.0.3"), Kind.ROLLING);

        List<String> commands = rolling.hops().get(0).commands();
        assertThat(commands.get(0)).contains("doSnapshot").contains("/v1/core/ops/raft");
        assertThat(commands.get(1)).startsWith("catamaran backup HOME --to STORE");
        assertThat(way(situation("3.0.1", "3.1.0"), Kind.ROLLING).hops().get(0).commands().get(0))
                .contains("/nacos/v3/admin/core/ops/raft");
    }

    @Test
    void closesTheRollOfEmbeddedStorageOutOf1x() {
        Situation embedded =
                new Situation(v("1.4.2"), v("2.2.3"), 3, Storage.EMBEDDED, OptionalLong.empty());

        assertThat(ids(way(embedded, Kind.ROLLING))).containsExactly("embedded-storage");
        assertThat(way(situation("1.4.2", "2.2.3"), Kind.ROLLING).risks())
                .anyMatch(risk -> risk.contains("--storage"));
    }

    @Test
    void saysAtEachHopWhatItsReleasesChanged() {
        Way rolling = way(situation("2.0.4", "3.0.3"), Kind.ROLLING);

        assertThat(checksOf(rolling, "roll 2.0.4 to 2.2.3"))
                .anyMatch(check -> check.contains("encrypted_data_key"))
                .anyMatch(check -> check.contains("token.secret.key"));
        assertThat(checksOf(rolling, "roll 2.3.2 to 2.5.1"))
                .anyMatch(check -> check.contains("config_info_gray"));
        assertThat(checksOf(rolling, "roll 2.5.1 to 3.0.3"))
                .anyMatch(check -> check.contains("8080"))
                .noneMatch(check -> check.contains("config_info_gray"));
    }

    @Test
    void readsALiveMemberWhereFilesDoNotHoldTheRecords() {
        Way parallel = way(situation("1.3.2", "2.5.1"), Kind.PARALLEL);

        assertThat(parallel.hops().get(1).commands())
                .noneMatch(command -> command.contains("--from HOME"));
    }

    @Test
    void estimatesTheCopyFromTheRateThatARealServerTook() {
        Situation large =
                new Situation(v("1.4.2"), v("2.1.2"), 3, Storage.EXTERNAL, OptionalLong.of(6_860));

        assertThat(way(large, Kind.PARALLEL).hops().get(1).seconds()).isEqualTo(100);
    }

    @Test
    void noPlanEverReadsALogWithAnOlderRocksDbOrJumpsOver22() {
        for (String from : VERSIONS) {
            for (String to : VERSIONS) {
                Situation situation = situation(from, to);
                Way rolling = way(situation, Kind.ROLLING);
                assertThat(rolling.isOpen())
                        .as(from + " " + to)
                        .isEqualTo(!rolling.hops().isEmpty());
                List<MemberVersion> passed = new ArrayList<>(List.of(situation.from()));
                for (Hop hop : rolling.hops()) {
                    String where = from + " " + to + " at " + hop.title();
                    boolean closing = hop.from().equals(hop.to());
                    assertThat(closing || hop.from().equals(passed.get(passed.size() - 1)))
                            .as(where)
                            .isTrue();
                    passed.add(hop.to());
                    assertThat(rank(hop.to()))
                            .as(where)
                            .isGreaterThanOrEqualTo(
                                    hop.to().below2() && rank(hop.to()) == 0
                                            ? 0
                                            : rank(hop.from()));
                    assertThat(
                                    hop.from().below2()
                                            && !Releases.isBelow(hop.to(), Releases.WITHOUT_1X))
                            .as(where)
                            .isFalse();
                }
                if (rolling.isOpen()) {
                    assertThat(passed.get(passed.size() - 1))
                            .as(from + " " + to)
                            .isEqualTo(situation.to());
                }
                assertThat(PathPlanner.plan(situation)).isEqualTo(PathPlanner.plan(situation));
                assertThat(PathText.of(situation)).doesNotContain("null");
                assertThat(PathJson.of(situation)).contains("\"ways\"");
            }
        }
    }

    private static int rank(MemberVersion version) {
        return Releases.rocks(version).map(Releases.Rocks::rank).orElse(0);
    }

    private static List<String> checksOf(Way way, String title) {
        return way.hops().stream()
                .filter(hop -> hop.title().equals(title))
                .findFirst()
                .orElseThrow()
                .checks();
    }

    private static Kind advised(String from, String to) {
        return PathPlanner.advised(situation(from, to)).orElseThrow().kind();
    }

    private static List<String> ids(Way way) {
        return way.stops().stream().map(Stop::id).toList();
    }

    private static Way way(Situation situation, Kind kind) {
        return PathPlanner.plan(situation).stream()
                .filter(way -> way.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static Situation situation(String from, String to) {
        return new Situation(v(from), v(to), 3, Storage.UNKNOWN, OptionalLong.empty());
    }

    private static MemberVersion v(String text) {
        return MemberVersion.parse(text).orElseThrow();
    }
}
