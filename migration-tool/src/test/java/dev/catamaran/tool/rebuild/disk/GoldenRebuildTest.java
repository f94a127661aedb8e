package dev.catamaran.tool.rebuild.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.jraftdisk.StoreVerifier;
import dev.catamaran.tool.rebuild.AddressMap;
import dev.catamaran.tool.rebuild.HomeFacts;
import dev.catamaran.tool.rebuild.Member;
import dev.catamaran.tool.rebuild.Planner;
import dev.catamaran.tool.rebuild.RebuildMode;
import dev.catamaran.tool.rebuild.RebuildPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Homes of real servers: renamed, read back, gone back. */
class GoldenRebuildTest {

    private static final String A = "127.0.0.1:8848";
    private static final String B = "127.0.0.2:8848";
    private static final String C = "127.0.0.3:8848";

    private static final String SERVICES = "naming_persistent_service_v2";
    private static final AddressMap KEEP = TestHomes.map(A + "=" + A, B + "=" + B, C + "=" + C);

    @TempDir Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "new addresses and ports, 10.9.0.1:8848, 10.9.0.2:9848, 10.9.0.3:18848",
        "two swapped,             127.0.0.2:8848, 127.0.0.1:8848, 127.0.0.3:8848",
        "a cycle of three,        127.0.0.2:8848, 127.0.0.3:8848, 127.0.0.1:8848",
        "a chain,                 127.0.0.2:8848, 127.0.0.3:8848, 127.0.0.4:8848",
        "host names,              nacos-0.nacos.svc:8848, nacos-1.nacos.svc:8848, localhost:8848",
        "IPv6,                    [fd00::1]:8848, [fd00::2]:8848, [fd00::3]:8848"
    })
    void threeHomesOf241AreRenamedAndReadBackEqual(String what, String a, String b, String c)
            throws Exception {
        List<Path> homes = TestHomes.cluster("2.4.1", folder);
        TestHomes.writeClusterConf(homes);
        AddressMap map = TestHomes.map(A + "=" + a, B + "=" + b, C + "=" + c);

        renamedAndBack("2.4.1", homes, map, new RebuildMode.Rename());
    }

    @ParameterizedTest
    @CsvSource({"1.4.2", "2.0.3"})
    void twoSurvivingHomesOfOlderServersAreRenamedAndReadBackEqual(String version)
            throws Exception {
        List<Path> homes = TestHomes.cluster(version, folder);
        AddressMap map =
                TestHomes.map(A + "=10.9.0.1:8848", B + "=10.9.0.2:8848", C + "=10.9.0.3:8848");

        renamedAndBack(version, homes, map, new RebuildMode.Survivors(TestHomes.members(C)));
    }

    private void renamedAndBack(String version, List<Path> homes, AddressMap map, RebuildMode mode)
            throws Exception {
        try (JRaftWork work = TestHomes.work(version)) {
            List<String> pictures = homes.stream().map(TestHomes::picture).toList();
            List<Map<String, StoreFacts>> before = stores(homes, work);
            RebuildPlan plan = TestHomes.plan(homes, map, mode, Map.of(), work);
            Rebuilds rebuilds = new Rebuilds(work, line -> {});

            assertThat(rebuilds.apply(plan, TestHomes.placed(plan), Map.of()))
                    .isInstanceOf(Rebuilds.Outcome.Done.class);

            List<Map<String, StoreFacts>> after = stores(homes, work);
            for (int i = 0; i < homes.size(); i++) {
                assertEqualUpToNames(before.get(i), after.get(i), map);
                assertThat(RebuildCheck.of(homes.get(i), work).findings()).isEmpty();
                assertThat(TestHomes.picture(homes.get(i))).isNotEqualTo(pictures.get(i));
            }
            List<String> rebuilt = homes.stream().map(TestHomes::picture).toList();
            assertThat(UndoPreview.of(homes, Optional.empty(), work))
                    .isInstanceOf(Rebuilds.Outcome.Done.class);
            assertThat(homes.stream().map(TestHomes::picture).toList()).isEqualTo(rebuilt);
            assertThat(rebuilds.undo(homes, Optional.empty()))
                    .isInstanceOf(Rebuilds.Outcome.Done.class);
            assertThat(homes.stream().map(TestHomes::picture).toList()).isEqualTo(pictures);
        }
    }

    private static List<Map<String, StoreFacts>> stores(List<Path> homes, GroupWork work)
            throws Exception {
        List<Map<String, StoreFacts>> stores = new ArrayList<>();
        for (Path home : homes) {
            stores.add(TestHomes.stores(home, work));
        }
        return stores;
    }

    private static void assertEqualUpToNames(
            Map<String, StoreFacts> before, Map<String, StoreFacts> after, AddressMap map) {
        assertThat(after.keySet()).isEqualTo(before.keySet()).isNotEmpty();
        before.forEach(
                (group, facts) -> {
                    assertThat(
                                    StoreVerifier.differences(
                                            facts, after.get(group), map.raft(), Optional.empty()))
                            .as(group)
                            .isEmpty();
                    assertThat(after.get(group).peers())
                            .allSatisfy(
                                    peer ->
                                            assertThat(map.raft().images().values())
                                                    .contains(peer.address()));
                });
    }

    @Test
    void theListOfMembersIsRenamedWithTheData() throws Exception {
        List<Path> homes = TestHomes.cluster("2.4.1", folder);
        TestHomes.writeClusterConf(homes);
        try (JRaftWork work = TestHomes.work("2.4.1")) {
            AddressMap map = TestHomes.map(A + "=" + B, B + "=10.9.0.2:9848", C + "=10.9.0.3:8848");
            RebuildPlan plan = TestHomes.plan(homes, map, work);
            new Rebuilds(work, line -> {}).apply(plan, TestHomes.placed(plan), Map.of());

            for (Path home : homes) {
                assertThat(home.resolve("conf/cluster.conf"))
                        .hasContent(
                                "# members\n127.0.0.2:8848\n10.9.0.2:9848 # second\n10.9.0.3\n");
            }
        }
    }

    @Test
    void oneOfThreeIsNotEnoughToBuildFromWithoutTheOperatorsWord() throws Exception {
        List<Path> left = TestHomes.cluster("2.4.1", folder).subList(0, 1);
        RebuildMode mode = new RebuildMode.Shrink(TestHomes.members(B, C), TestHomes.members(A));
        try (JRaftWork work = TestHomes.work("2.4.1")) {
            List<HomeFacts> facts = TestHomes.facts(left, work);
            SortedMap<Member, String> place = new TreeMap<>();
            place.put(TestHomes.members(A).first(), folder.resolve("new").toString());

            assertThat(Planner.plan(facts, new Planner.Request(KEEP, mode, place, "")).findings())
                    .anyMatch(finding -> finding.code().equals("may-lose-writes"));
            assertThat(
                            Planner.plan(
                                    facts,
                                    new Planner.Request(KEEP, mode, place, Planner.LOSS_PHRASE)))
                    .isInstanceOf(Planner.Result.Planned.class);
        }
    }

    @Test
    void threeBecomeOneAndOneBecomesThree() throws Exception {
        List<Path> homes = TestHomes.cluster("2.4.1", folder);
        SortedSet<Member> nobody = new TreeSet<>();

        List<Path> one =
                reformed(homes, new RebuildMode.Shrink(nobody, TestHomes.members(A)), "alone");
        List<Path> three =
                reformed(
                        one,
                        new RebuildMode.Grow(
                                TestHomes.members(A, "10.9.0.7:8848", "10.9.0.8:8848")),
                        "grown");

        assertThat(one).hasSize(1);
        assertThat(three).hasSize(3);
    }

    @Test
    void aNewClusterIsBuiltFromTheBestOfTwoSurvivors() throws Exception {
        List<Path> left = TestHomes.cluster("2.4.1", folder).subList(0, 2);

        List<Path> two =
                reformed(
                        left,
                        new RebuildMode.CloneBest(
                                TestHomes.members(C), TestHomes.members("x1:8848", "x2:8848")),
                        "cloned");

        assertThat(two).hasSize(2);
    }

    /** Carries a change of voters out on new homes and checks what each of them holds. */
    private List<Path> reformed(List<Path> homes, RebuildMode.Reform mode, String name)
            throws Exception {
        try (JRaftWork work = TestHomes.work("2.4.1")) {
            Map<String, Path> targets = new TreeMap<>();
            for (Member member : mode.members()) {
                Path home = folder.resolve(name + "-" + targets.size());
                targets.put(member.toString(), Files.createDirectories(home));
            }
            long longest = 0;
            for (Map<String, StoreFacts> stores : stores(homes, work)) {
                longest = Math.max(longest, stores.get(SERVICES).lastIndex());
            }
            RebuildPlan plan = TestHomes.plan(homes, KEEP, mode, targets, work);

            assertThat(new Rebuilds(work, line -> {}).apply(plan, TestHomes.placed(plan), Map.of()))
                    .isInstanceOf(Rebuilds.Outcome.Done.class);

            for (Path home : targets.values()) {
                Map<String, StoreFacts> stores = TestHomes.stores(home, work);
                assertThat(stores).hasSize(5);
                assertThat(stores.values())
                        .allSatisfy(store -> assertVotersAre(mode.members(), store));
                assertThat(stores.get(SERVICES).lastIndex()).isEqualTo(longest + 1);
            }
            return List.copyOf(targets.values());
        }
    }

    private static void assertVotersAre(SortedSet<Member> members, StoreFacts store) {
        assertThat(store.isWhole()).isTrue();
        assertThat(store.vote().orElseThrow().votedFor()).isEmpty();
        assertThat(store.vote().orElseThrow().term()).isEqualTo(store.lastTerm());
        assertThat(
                        store.configuration().orElseThrow().peers().stream()
                                .map(peer -> peer.address())
                                .toList())
                .containsExactlyInAnyOrderElementsOf(members.stream().map(Member::raft).toList());
    }
}
