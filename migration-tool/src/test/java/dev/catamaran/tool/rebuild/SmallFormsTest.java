package dev.catamaran.tool.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The small files that name members, and which address a server on its own has. */
class SmallFormsTest {

    private static AddressMap map() {
        return ((AddressMap.Reading.Read)
                        AddressMap.parse(
                                List.of(
                                        "10.0.0.1:8848=10.0.0.2:8848",
                                        "10.0.0.2:8848=10.0.0.9:9848")))
                .map();
    }

    private static Member member(String text) {
        return Member.parse(text).orElseThrow();
    }

    @Test
    void aListKeepsItsCommentsSettingsAndStrangers() {
        String list = "#list\n10.0.0.1\n  10.0.0.2:8848?weight=2 # two\n\n10.0.0.7:8848\n";

        assertThat(ClusterConf.renamed(list, map(), Optional.empty()))
                .isEqualTo("#list\n10.0.0.2\n  10.0.0.9:9848?weight=2 # two\n\n10.0.0.7:8848\n");
    }

    @Test
    void withAChangeOfVotersTheListHoldsExactlyThem() {
        SortedSet<Member> only = new TreeSet<>(List.of(member("10.0.0.2"), member("x:8848")));

        assertThat(ClusterConf.renamed("#l\n10.0.0.1\n10.0.0.2\n", map(), Optional.of(only)))
                .isEqualTo("#l\n10.0.0.2\nx:8848\n");
    }

    @Test
    void aMarkerOfOursIsRenamedAndTheRestOfItStays() {
        assertThat(OwnFiles.renamed("{\"format\":1,\"member\":\"10.0.0.1:8848\"}", "member", map()))
                .contains("{\"format\":1,\"member\":\"10.0.0.2:8848\"}");
        assertThat(OwnFiles.renamed("{\"ballot\":4}", "votedFor", map())).isEmpty();
        assertThat(OwnFiles.renamed("torn", "member", map())).isEmpty();
    }

    @Test
    void aTornStateFileStaysAsItIs() {
        assertThat(OwnFiles.renamedState("catamaran.member=10.0.0.1\\:8848\n", map())).isEmpty();
        assertThat(OwnFiles.renamedState("upgraded=true\n", map())).isEmpty();
    }

    @Test
    void aServerOnItsOwnGetsTheOneAddressItsMachineHas() {
        Member stored = member("10.0.0.1:8849");

        assertThat(PresentAddress.of(stored, List.of("10.0.0.5"), Optional.empty()))
                .isEqualTo(new PresentAddress.Proposed(member("10.0.0.5:8849")));
        assertThat(PresentAddress.of(stored, List.of("10.0.0.1", "10.0.0.5"), Optional.empty()))
                .isEqualTo(new PresentAddress.Unchanged());
        assertThat(PresentAddress.of(stored, List.of("10.0.0.4", "10.0.0.5"), Optional.empty()))
                .isInstanceOf(PresentAddress.Unclear.class);
        assertThat(
                        PresentAddress.of(
                                member("old-host:8848"), List.of("10.0.0.4"), Optional.of("new")))
                .isEqualTo(new PresentAddress.Proposed(member("new:8848")));
    }
}
