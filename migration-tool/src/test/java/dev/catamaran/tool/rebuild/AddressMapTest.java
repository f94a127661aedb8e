package dev.catamaran.tool.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catamaran.tool.jraftdisk.Peer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AddressMapTest {

    private static Member member(String text) {
        return Member.parse(text).orElseThrow();
    }

    private static AddressMap map(String... pairs) {
        return ((AddressMap.Reading.Read) AddressMap.parse(List.of(pairs))).map();
    }

    /** Any bijection on a few members: the way back undoes it, for every peer and suffix. */
    @Property(tries = 300)
    void theInverseLeadsBack(@ForAll @IntRange(min = 1, max = 7) int size, @ForAll long seed) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(new Member("10.0.0." + i, 8848 + i));
        }
        List<Member> images = new ArrayList<>(members);
        Collections.shuffle(images, new Random(seed));
        Map<Member, Member> pairs = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            boolean moved = (seed >> i & 1) == 1;
            Member image = images.get(i);
            pairs.put(members.get(i), moved ? new Member("moved-" + i, 9000) : image);
        }
        AddressMap map = AddressMap.of(pairs);

        for (Member old : members) {
            Peer peer = Peer.parse(old.raft() + "::7").orElseThrow();
            assertThat(map.inverse().raft().image(map.raft().image(peer))).isEqualTo(peer);
        }
        assertThat(map.inverse().inverse()).isEqualTo(map);
        assertThat(AddressMap.parse(options(map))).isEqualTo(new AddressMap.Reading.Read(map));
    }

    private static List<String> options(AddressMap map) {
        return map.images().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    @Test
    void swapsAndCyclesAreNoChains() {
        assertThat(map("a=b", "b=a").overlaps()).isFalse();
        assertThat(map("a=b", "b=c", "c=a").overlaps()).isFalse();
        assertThat(map("a=b", "b=c").overlaps()).isTrue();
        assertThat(map("a=x", "b=y").overlaps()).isFalse();
    }

    @Test
    void twoMembersCannotBecomeOne() {
        assertThatThrownBy(
                        () ->
                                AddressMap.of(
                                        Map.of(member("a"), member("c"), member("b"), member("c"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void othersKeepTheirAddressUnlessItIsGivenAway() {
        AddressMap map = map("a=b").keeping(List.of(member("a"), member("b"), member("c")));

        assertThat(map.image(member("c"))).contains(member("c"));
        assertThat(map.image(member("b"))).isEmpty();
    }

    @Test
    void aMemberIsNamedByItsRaftPortInTheData() {
        assertThat(member("nacos-0.nacos.svc").raft()).isEqualTo("nacos-0.nacos.svc:7848");
        assertThat(member("[fd00::1]:9848").raft()).isEqualTo("[fd00::1]:8848");
        assertThat(Member.ofRaft("10.0.0.1:7848")).contains(member("10.0.0.1:8848"));
        assertThat(Member.parse("10.0.0:8848")).isEmpty();
        assertThat(Member.parse("10.0.0.1:1000")).isEmpty();
    }
}
