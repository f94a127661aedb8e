package dev.catamaran.tool.rebuild;

import static dev.catamaran.tool.rebuild.Logs.entries;
import static dev.catamaran.tool.rebuild.Logs.home;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.jraftdisk.Configuration;
import dev.catamaran.tool.jraftdisk.LogFacts;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.jraftdisk.StoreFinding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What must be right between homes, by their facts alone. */
class CrossHomeChecksTest {

    private static final Configuration THREE = Logs.members("a", "b", "c");
    private static final AddressMap MAP = map("a:8848=x:8848", "b:8848=y:8848", "c:8848=z:8848");

    private static AddressMap map(String... pairs) {
        return ((AddressMap.Reading.Read) AddressMap.parse(Arrays.asList(pairs))).map();
    }

    private static StoreFacts store() {
        return Logs.store(Logs.log(1, entries(1, 10), THREE));
    }

    private static StoreFacts empty() {
        return Logs.store(Logs.log(1, List.of(), THREE));
    }

    private static List<HomeFacts> three() {
        return List.of(home("h1", store()), home("h2", store()), home("h3", store()));
    }

    private static List<HomeFacts> with(HomeFacts third) {
        List<HomeFacts> homes = new ArrayList<>(three());
        homes.set(2, third);
        return homes;
    }

    private static List<Finding> check(List<HomeFacts> homes, AddressMap map) {
        return CrossHomeChecks.check(homes, map, new RebuildMode.Rename());
    }

    private static List<String> refusals(List<HomeFacts> homes) {
        return refusals(check(homes, MAP));
    }

    private static List<String> refusals(Iterable<Finding> findings) {
        List<String> codes = new ArrayList<>();
        findings.forEach(
                finding -> {
                    if (finding.weight() == Finding.Weight.REFUSES) {
                        codes.add(finding.code());
                    }
                });
        return codes;
    }

    @Test
    void threeEqualHomesAndAWholeMapPass() {
        assertThat(check(three(), MAP)).isEmpty();
    }

    @Test
    void theOrderOfTheHomesDoesNotMatter() {
        List<HomeFacts> homes = List.of(home("h1", store()), home("h2"), home("h3", empty()));
        List<HomeFacts> turned = List.of(homes.get(2), homes.get(0), homes.get(1));

        assertThat(refusals(turned))
                .containsExactlyInAnyOrderElementsOf(refusals(homes))
                .contains("missing-group", "amnesiac");
        assertThat(check(homes, MAP)).isEqualTo(check(homes, MAP));
    }

    @Test
    void everythingIsToldAtOnceTheRefusalsFirst() {
        HomeFacts odd =
                new HomeFacts(
                        "h3",
                        Optional.empty(),
                        List.of(empty()),
                        new TreeMap<>(),
                        new TreeSet<>(List.of(Logs.member("a"), Logs.member("other"))));

        List<Finding> findings =
                check(
                        List.of(home("h1", store()), home("h2"), odd),
                        map("a:8848=x:8848", "b:8848=y:8848", "typo:8848=z:8848"));

        assertThat(findings)
                .extracting(Finding::code)
                .contains("missing-group", "amnesiac", "list-differs")
                .hasSizeGreaterThan(4)
                .doesNotHaveDuplicates();
        assertThat(findings).isSortedAccordingTo(Comparator.comparing(Finding::weight));
    }

    @Test
    void aCopyOfAHomeIsNoSecondMember() {
        HomeFacts copy =
                new HomeFacts(
                        "h3",
                        Optional.empty(),
                        List.of(store()),
                        three().get(0).databases(),
                        new TreeSet<>());

        assertThat(refusals(with(copy))).containsExactly("same-store-twice");
    }

    @Test
    void twoHomesOfOneMemberOfOursAreRefused() {
        List<HomeFacts> homes =
                three().stream()
                        .map(
                                home ->
                                        new HomeFacts(
                                                home.home(),
                                                Optional.of(Logs.member("a")),
                                                home.stores(),
                                                home.databases(),
                                                home.listed()))
                        .toList();

        assertThat(refusals(homes)).contains("two-homes-of-one-member");
    }

    @Test
    void aGroupThatOneHomeLacksIsRefused() {
        StoreFacts more = Logs.store("nacos_config", Logs.log(1, entries(1, 3), THREE), List.of());

        assertThat(refusals(with(home("h3", store(), more))))
                .containsExactly("missing-group", "missing-group", "home-missing");
    }

    @Test
    void aHomeThatForgotMustNotVoteButOneBehindItsSnapshotMay() {
        StoreFacts behind =
                Logs.store(
                        Logs.GROUP,
                        Logs.log(9, List.of(), THREE),
                        List.of(Logs.snapshot(8, 1, THREE)));

        assertThat(refusals(with(home("h3", empty())))).containsExactly("amnesiac");
        assertThat(refusals(with(home("h3", behind)))).isEmpty();
    }

    @Test
    void damageOfAStoreIsToldWithItsPlace() {
        LogFacts log = Logs.log(1, entries(1, 10), THREE);
        StoreFacts torn =
                new StoreFacts(
                        Logs.GROUP,
                        "8.8.1",
                        Optional.of(log),
                        Optional.empty(),
                        List.of(),
                        List.of(
                                new StoreFinding(
                                        StoreFinding.Kind.TORN_TAIL, "log", "cut", "use others")));

        List<Finding> findings = check(with(home("h3", torn)), MAP);

        assertThat(refusals(findings)).contains("torn-tail");
        assertThat(findings.get(0).where()).contains("h3").contains(Logs.GROUP);
    }

    @Test
    void homesOfTwoClustersAreRefused() {
        StoreFacts other = Logs.store(Logs.log(1, entries(2, 10), Logs.members("k", "l", "m")));

        assertThat(refusals(with(home("h3", other)))).contains("two-clusters");
    }

    @Test
    void aHomeThatStillNamesAFormerMemberIsToldAndNotRefused() {
        StoreFacts behind = Logs.store(Logs.log(1, entries(1, 9), Logs.members("a", "b", "old")));

        List<Finding> findings =
                check(
                        with(home("h3", behind)),
                        map(
                                "a:8848=x:8848",
                                "b:8848=y:8848",
                                "c:8848=z:8848",
                                "old:8848=old:8848"));

        assertThat(findings).extracting(Finding::code).contains("configuration-behind");
        assertThat(refusals(findings)).isEmpty();
    }

    @Test
    void aHomeThatMissedWholeTermsIsToldAsStaleAndOneThatLagsIsNot() {
        StoreFacts ahead =
                Logs.store(Logs.log(1, Logs.joined(entries(1, 10), entries(3, 5)), THREE));
        StoreFacts lagging =
                new StoreFacts(
                        Logs.GROUP,
                        "8.8.1",
                        store().log(),
                        Optional.of(new StoreFacts.Vote(3, Optional.empty())),
                        List.of(),
                        List.of());

        List<Finding> findings =
                check(List.of(home("h1", ahead), home("h2", lagging), home("h3", store())), MAP);

        assertThat(findings).extracting(Finding::code).containsExactly("stale");
        assertThat(findings.get(0).where()).contains("h3");
        assertThat(findings.get(0).what()).contains("term 1 at index 10").contains("index 15");
        assertThat(refusals(findings)).isEmpty();
    }

    @Test
    void addressesThatTheServersRaftCannotReadAreRefused() {
        StoreFacts early =
                new StoreFacts(
                        Logs.GROUP, "5.18.3", store().log(), store().vote(), List.of(), List.of());

        List<HomeFacts> homes = List.of(home("h1", early), home("h2", early), home("h3", early));

        assertThat(
                        refusals(
                                check(
                                        homes,
                                        map(
                                                "a:8848=[fd00::1]:8848",
                                                "b:8848=y:8848",
                                                "c:8848=z:8848"))))
                .contains("ipv6-too-early");
        assertThat(refusals(homes)).isEmpty();
    }

    @Test
    void homesThatNameNobodyHaveNothingToRename() {
        assertThat(refusals(List.of(home("h1")))).contains("nothing-to-rename");
    }
}
