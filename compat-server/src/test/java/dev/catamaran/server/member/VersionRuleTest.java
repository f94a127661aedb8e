package dev.catamaran.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.judgement.Phase;
import dev.catamaran.server.member.VersionRule.Neighbour;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Both answers can do harm; each case says to whom. */
class VersionRuleTest {

    private static final Neighbour PRE_13 = new Neighbour(Optional.empty(), true);
    private static final Neighbour OLD_13 = real("1.3.2", true);
    private static final Neighbour HTTP_14 = real("1.4.2", true);
    private static final Neighbour SWITCHED_14 = real("1.4.2", false);
    private static final Neighbour REAL_20 = real("2.0.4", false);
    private static final Neighbour BOOTING_20 = real("2.0.4", true);
    private static final Neighbour REAL_21 = real("2.1.2", false);

    @Test
    void isShownToEverybodyOnceTheClusterWorksOnJraft() {
        for (Neighbour neighbour : List.of(PRE_13, OLD_13, HTTP_14, SWITCHED_14, REAL_20)) {
            assertThat(shows(Phase.JRAFT, false, neighbour)).isTrue();
            assertThat(shows(Phase.FINALIZED, false, neighbour)).isTrue();
        }
        assertThat(shows(Phase.JRAFT, false)).isTrue();
    }

    /** A 1.4 server would leave the HTTP raft for good. */
    @Test
    void isHiddenWhileTheHttpRaftMustBeKept() {
        for (Phase phase : List.of(Phase.LEGACY, Phase.MIRRORING, Phase.FENCED)) {
            assertThat(shows(phase, false, HTTP_14, HTTP_14)).isFalse();
            assertThat(shows(phase, false, OLD_13)).isFalse();
            assertThat(shows(phase, false, PRE_13)).isFalse();
            assertThat(shows(phase, false, HTTP_14, OLD_13)).isFalse();
            assertThat(shows(phase, false, SWITCHED_14, HTTP_14)).isFalse();
        }
    }

    /** A 1.4 server that starts would wait for ours for ever, on a raft its peers have left. */
    @Test
    void isShownTo14ServersThatHaveLeftTheHttpRaft() {
        assertThat(shows(Phase.LEGACY, false, SWITCHED_14, SWITCHED_14)).isTrue();
    }

    /** Without one they fall back to 1.x (D3). */
    @Test
    void isShownTo2xServersWhateverTheirOwnRaftDoes() {
        assertThat(shows(Phase.LEGACY, false, REAL_20, REAL_21)).isTrue();
        assertThat(shows(Phase.LEGACY, false, BOOTING_20)).isTrue();
    }

    /** 1.4 decides in a mixed cluster that has seen none; 2.x in one that has. */
    @Test
    void inAMixedClusterItStaysAsItWas() {
        assertThat(shows(Phase.LEGACY, false, HTTP_14, REAL_20)).isFalse();
        assertThat(shows(Phase.LEGACY, true, HTTP_14, REAL_20)).isTrue();
    }

    @Test
    void isHiddenAgainOnTheWayDownSoThat1xMayComeIn() {
        assertThat(shows(Phase.MIRRORING, true)).isFalse();
        assertThat(shows(Phase.MIRRORING, true, HTTP_14)).isFalse();
    }

    @Test
    void aPhaseThatIsNotKnownCountsForNothing() {
        assertThat(VersionRule.shows(Optional.empty(), List.of(), true)).isFalse();
        assertThat(VersionRule.shows(Optional.empty(), List.of(REAL_20), false)).isTrue();
    }

    private static boolean shows(Phase phase, boolean before, Neighbour... neighbours) {
        return VersionRule.shows(Optional.of(phase), Arrays.asList(neighbours), before);
    }

    private static Neighbour real(String version, boolean httpRaft) {
        return new Neighbour(MemberVersion.parse(version), httpRaft);
    }
}
