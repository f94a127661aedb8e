package dev.catamaran.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.MemberEvidence.Sightings;
import dev.catamaran.judgement.MemberEvidence.Source;
import dev.catamaran.server.member.MemberDirectory;
import dev.catamaran.server.member.MemberInfo;
import dev.catamaran.server.member.MemberInfo.Kind;
import dev.catamaran.server.member.MemberInfo.Reach;
import dev.catamaran.server.member.MemberInfo.Said;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest {

    private static final Reach DOWN = new Reach(Optional.of(false), 1, true);

    @Test
    void saysNothingWhereNoServerForgets() {
        assertThat(checks(ours("a"), real("b", "1.4.2", Reach.GOOD))).isEmpty();
        assertThat(checks(ours("a"), real("b", "2.2.3", DOWN))).isEmpty();
        assertThat(checks(ours("a"), MemberInfo.unknown("b", DOWN))).isEmpty();
    }

    @Test
    void remindsOfTheNextStartOfEachThatDoes() {
        assertThat(checks(ours("a"), real("b", "2.0.4", Reach.GOOD), real("c", "2.1.2", DOWN)))
                .contains("real-restart-needs-everybody b", "real-restart-needs-everybody c");
    }

    @Test
    void warnsOfARestartWhileAMemberIsDown() {
        assertThat(checks(ours("a"), real("b", "2.0.4", Reach.GOOD), real("c", "2.0.4", DOWN)))
                .contains("real-restart-while-a-member-is-down c");
    }

    @Test
    void warnsOfAMemberThatIsListedAndWasNeverHeard() {
        assertThat(
                        checks(
                                ours("a"),
                                real("b", "2.0.4", Reach.GOOD),
                                MemberInfo.unknown("d", Reach.NEVER)))
                .contains("listed-before-it-listens d");
    }

    @ParameterizedTest
    @CsvSource({
        "'',true", "1.3.2,true", "1.4.0,true", "1.4.1,false", "1.4.2,false",
        "2.0.0,true", "2.0.2,true", "2.0.3,false", "2.1.2,false", "2.5.0,false"
    })
    void tellsWhoseReportsAnIdentityShutsOut(String version, boolean told) {
        MemberInfo real = info("b", Kind.REAL, version, Reach.GOOD);

        assertThat(checks(true, ours("a"), real).contains("identity-not-sent b")).isEqualTo(told);
        assertThat(checks(false, ours("a"), real)).doesNotContain("identity-not-sent b");
    }

    @Test
    void neverTellsThatOfOursOrOfWhoWasNeverHeard() {
        assertThat(checks(true, ours("a"), MemberInfo.unknown("b", DOWN))).isEmpty();
    }

    @Test
    void membersThatWereToldOtherPoliciesAreNamed() {
        TreeMap<String, String> others = new TreeMap<>(Map.of("b", "auto/operator"));

        assertThat(new Preflight(new Fixed(List.of(ours("a"))), false, () -> others).findings())
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.check()).isEqualTo("policies-differ");
                            assertThat(finding.member()).isEqualTo("b");
                            assertThat(finding.evidence()).contains("auto/operator");
                        });
    }

    private static List<String> checks(MemberInfo... members) {
        return checks(false, members);
    }

    private static List<String> checks(boolean identity, MemberInfo... members) {
        return new Preflight(new Fixed(List.of(members)), identity, TreeMap::new)
                .findings().stream()
                        .map(finding -> finding.check() + " " + finding.member())
                        .toList();
    }

    private static MemberInfo ours(String address) {
        return info(address, Kind.CATAMARAN, "2.1.2", Reach.GOOD);
    }

    private static MemberInfo real(String address, String version, Reach reach) {
        return info(address, Kind.REAL, version, reach);
    }

    private static MemberInfo info(String address, Kind kind, String version, Reach reach) {
        Said said =
                new Said(
                        Source.REPORT,
                        0,
                        version.isEmpty() ? Optional.empty() : Optional.of(version),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty());
        return new MemberInfo(address, false, kind, Optional.of(said), reach, Sightings.NONE);
    }

    private record Fixed(List<MemberInfo> members) implements MemberDirectory {
        @Override
        public String self() {
            return "a";
        }

        @Override
        public List<String> addresses() {
            return members.stream().map(MemberInfo::address).toList();
        }

        @Override
        public List<String> planned() {
            return List.of("a");
        }
    }
}
