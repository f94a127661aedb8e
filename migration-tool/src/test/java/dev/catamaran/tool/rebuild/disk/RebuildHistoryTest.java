package dev.catamaran.tool.rebuild.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.home.HomeCopy;
import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.rebuild.AddressMap;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.Member;
import dev.catamaran.tool.rebuild.Planner;
import dev.catamaran.tool.rebuild.RebuildMode;
import dev.catamaran.tool.rebuild.RebuildPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes that are rebuilt more than once, and homes whose kept data was removed. */
class RebuildHistoryTest {

    private static final String A = "127.0.0.1:8848";
    private static final String B = "10.9.0.1:8848";
    private static final AddressMap THERE = map("1", "127.0.0.", "10.9.0.");
    private static final AddressMap BACK = map("1", "10.9.0.", "127.0.0.");

    @TempDir Path folder;

    private JRaftWork work;
    private Rebuilds rebuilds;
    private List<Path> homes;

    @BeforeEach
    void threeHomesWithOneGroup() throws IOException {
        work = TestHomes.work("2.4.1");
        rebuilds = new Rebuilds(work, line -> {});
        homes = TestHomes.cluster("2.4.1", folder);
        for (Path home : homes) {
            HomeLayout layout = HomeLayout.of(home);
            for (String group : layout.groups()) {
                if (!group.equals("naming_persistent_service_v2")) {
                    HomeCopy.remove(layout.raft().resolve(group));
                }
            }
        }
    }

    @AfterEach
    void closeTheLibrary() throws IOException {
        work.close();
    }

    private static AddressMap map(String first, String from, String to) {
        return TestHomes.map(
                from + first + ":8848=" + to + first + ":8848",
                from + "2:8848=" + to + "2:8848",
                from + "3:8848=" + to + "3:8848");
    }

    private RebuildPlan carriedOut(AddressMap map) throws Exception {
        RebuildPlan plan = TestHomes.plan(homes, map, work);
        assertThat(applied(plan)).isInstanceOf(Rebuilds.Outcome.Done.class);
        return plan;
    }

    private Rebuilds.Outcome applied(RebuildPlan plan) throws IOException {
        return rebuilds.apply(plan, TestHomes.placed(plan), Map.of());
    }

    private Rebuilds.Outcome undone(Optional<String> id) throws IOException {
        return rebuilds.undo(homes, id);
    }

    private HomeStatus status() throws IOException {
        return HomeStatus.of(HomeLayout.of(homes.get(0)));
    }

    private void assertMembersAre(String first) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        TestHomes.stores(homes.get(0), work)
                .values()
                .forEach(store -> store.peers().forEach(peer -> names.add(peer.address())));
        assertThat(names).contains(first.replace(":8848", ":7848")).hasSize(3);
    }

    private static List<String> codes(Rebuilds.Outcome outcome) {
        return outcome.findings().stream().map(Finding::code).distinct().toList();
    }

    @Test
    void aPlanThatAnotherOneLedBackFromIsCarriedOutAgain() throws Exception {
        RebuildPlan there = carriedOut(THERE);
        carriedOut(BACK);
        assertMembersAre(A);

        RebuildPlan again = carriedOut(THERE);

        assertThat(again.id()).isEqualTo(there.id());
        assertMembersAre(B);
        assertThat(status().live()).isEqualTo(HomeStatus.Live.NEW);
        assertThat(status().history()).hasSize(3);
        assertThat(RebuildCheck.of(homes.get(0), work).findings()).isEmpty();
    }

    @Test
    void carryingAPlanOutTwiceInARowChangesNothing() throws Exception {
        RebuildPlan plan = carriedOut(THERE);
        List<String> pictures = homes.stream().map(TestHomes::picture).toList();

        assertThat(((Rebuilds.Outcome.Done) applied(plan)).lines())
                .allSatisfy(line -> assertThat(line).endsWith("was rebuilt before"));

        assertThat(homes.stream().map(TestHomes::picture).toList()).isEqualTo(pictures);
    }

    @Test
    void eachRebuildIsUndoneByItselfAndOnlyWhenItIsNamed() throws Exception {
        List<String> pictures = homes.stream().map(TestHomes::picture).toList();
        RebuildPlan there = carriedOut(THERE);
        carriedOut(BACK);

        assertThat(codes(undone(Optional.of(there.id())))).containsExactly("not-the-last");
        assertThat(undone(Optional.empty())).isInstanceOf(Rebuilds.Outcome.Done.class);
        assertThat(status().live()).isEqualTo(HomeStatus.Live.NEW);
        assertThat(status().id()).isEqualTo(there.id());

        Rebuilds.Outcome repeated = undone(Optional.empty());
        assertThat(((Rebuilds.Outcome.Done) repeated).lines().get(0))
                .contains("was undone before", "--id " + there.id());
        assertMembersAre(B);

        assertThat(undone(Optional.of(there.id()))).isInstanceOf(Rebuilds.Outcome.Done.class);
        assertMembersAre(A);
        assertThat(status().live()).isEqualTo(HomeStatus.Live.OLD);
        assertThat(homes.stream().map(TestHomes::picture).toList()).isEqualTo(pictures);
        assertThat(codes(undone(Optional.of("nothing")))).containsExactly("no-such-rebuild");
    }

    @Test
    void whatIsForgottenCannotBeUndoneAndTheWayBackIsNamed() throws Exception {
        carriedOut(THERE);
        long before = files();

        assertThat(rebuilds.forget(homes, true)).isInstanceOf(Rebuilds.Outcome.Done.class);
        assertThat(files()).isEqualTo(before);
        assertThat(rebuilds.forget(homes, false)).isInstanceOf(Rebuilds.Outcome.Done.class);
        assertThat(files()).isLessThan(before);

        Rebuilds.Outcome refused = undone(Optional.empty());
        assertThat(codes(refused)).containsExactly("original-removed");
        assertThat(refused.findings().get(0).todo()).contains("--map " + B + "=" + A);
        assertThat(status().live()).isEqualTo(HomeStatus.Live.NEW);
        assertThat(status().todo()).contains("--map " + B + "=" + A);
        assertThat(RebuildCheck.of(homes.get(0), work).findings()).isEmpty();
    }

    @Test
    void withoutItsJournalTheLiveDataStillSaysThatItWasRebuilt() throws Exception {
        RebuildPlan plan = carriedOut(THERE);
        for (Path home : homes) {
            HomeCopy.remove(HomeLayout.of(home).rebuilds());
        }

        assertThat(status().live()).isEqualTo(HomeStatus.Live.NEW);
        assertThat(status().what()).contains(plan.id(), "journal was removed");
        assertThat(((Rebuilds.Outcome.Done) applied(plan)).lines())
                .allSatisfy(line -> assertThat(line).endsWith("was rebuilt before"));
        assertThat(codes(undone(Optional.empty()))).containsExactly("nothing-to-undo");

        carriedOut(BACK);
        carriedOut(THERE);
        assertMembersAre(B);
        assertThat(status().id()).isEqualTo(plan.id() + "-2");
    }

    @Test
    void anUndoneCopyLeavesTheFilesOfItsOriginalAlone() throws Exception {
        TestHomes.writeClusterConf(homes);
        carriedOut(THERE);
        Path copy = folder.resolve("copy");
        OneRebuild.copyTree(homes.get(0), copy);

        assertThat(rebuilds.undo(List.of(copy), Optional.empty()))
                .isInstanceOf(Rebuilds.Outcome.Done.class);

        assertThat(HomeLayout.of(homes.get(0)).clusterConf()).content().contains("10.9.0.1");
        assertThat(HomeLayout.of(copy).clusterConf()).content().contains("127.0.0.1");
    }

    @Test
    void homesOfOnePlanThatAreNotAllRebuiltMustNotBeStarted() throws Exception {
        carriedOut(THERE);
        rebuilds.undo(homes.subList(0, 2), Optional.empty());

        List<HomeStatus> all = new ArrayList<>();
        for (Path home : homes) {
            all.add(HomeStatus.of(HomeLayout.of(home)));
        }

        assertThat(HomeStatus.halfDone(all)).singleElement().satisfies(this::forbidsToStart);
        assertThat(HomeStatus.halfDone(all.subList(0, 2))).isEmpty();
    }

    private void forbidsToStart(Finding finding) {
        assertThat(finding.code()).isEqualTo("cluster-half-rebuilt");
        assertThat(finding.todo()).startsWith("Start no server");
    }

    @Test
    void aHomeMadeAnewGetsTheRecordsOfTheLegacyRaftAndAnUndoTakesThemAway() throws Exception {
        String record = "data/naming/data/public/com.alibaba.nacos.naming.iplist.x";
        for (int i = 0; i < homes.size(); i++) {
            Path file = homes.get(i).resolve(record);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "of home " + i);
            Files.writeString(homes.get(i).resolve("data/naming/meta.properties"), "term=9" + i);
        }
        Files.writeString(homes.get(1).resolve(record + "y"), "only there");
        Files.createDirectories(homes.get(1).resolve("data/derby-data"));
        RebuildMode mode =
                new RebuildMode.CloneBest(new TreeSet<>(), TestHomes.members("10.9.0.9:8848"));
        AddressMap keep =
                TestHomes.map(
                        A + "=" + A,
                        "127.0.0.2:8848=127.0.0.2:8848",
                        "127.0.0.3:8848=127.0.0.3:8848");
        Path target = Files.createDirectories(folder.resolve("target"));
        RebuildPlan plan = TestHomes.plan(homes, keep, mode, Map.of("10.9.0.9:8848", target), work);
        TreeMap<Member, String> places = new TreeMap<>();
        places.put(TestHomes.members("10.9.0.9:8848").first(), target.toString());
        assertThat(
                        Planner.plan(
                                        TestHomes.facts(homes, work),
                                        new Planner.Request(keep, mode, places, ""))
                                .findings())
                .anyMatch(finding -> finding.code().equals("legacy-differs"));

        Rebuilds.Outcome outcome = applied(plan);

        assertThat(target.resolve(record)).hasContent("of home 1");
        assertThat(codes(outcome)).contains("no-cluster-conf", "not-carried");
        assertThat(rebuilds.undo(List.of(target), Optional.empty()))
                .isInstanceOf(Rebuilds.Outcome.Done.class);
        assertThat(target.resolve("data/naming")).doesNotExist();
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
