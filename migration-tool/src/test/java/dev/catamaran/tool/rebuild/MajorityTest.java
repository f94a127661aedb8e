package dev.catamaran.tool.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MajorityTest {

    private static SortedSet<Member> of(String... texts) {
        SortedSet<Member> members = new TreeSet<>();
        Arrays.stream(texts).forEach(text -> members.add(Member.parse(text).orElseThrow()));
        return members;
    }

    private static Majority three(int whole, String... lost) {
        return new Majority("g", of("a", "b", "c"), of(), of(lost), whole, 0);
    }

    @Test
    void twoOfThreeHoldEverythingAcknowledgedAndOneDoesNot() {
        assertThat(three(3).survives()).isTrue();
        assertThat(three(2, "c").survives()).isTrue();
        assertThat(three(1, "b", "c").survives()).isFalse();
        assertThat(three(1, "c").survives()).isFalse();
        assertThat(three(1, "b", "c").text()).contains("no disk can tell");
    }

    @Test
    void halfOfAnEvenNumberIsNoMajority() {
        assertThat(new Majority("g", of("a", "b"), of(), of("b"), 1, 0).survives()).isFalse();
        assertThat(new Majority("g", of("a"), of(), of(), 1, 0).survives()).isTrue();
    }

    @Test
    void inTheMiddleOfAChangeBothSetsMustHaveTheirMajority() {
        SortedSet<Member> now = of("a", "b", "c");
        SortedSet<Member> old = of("a", "d", "e");

        assertThat(new Majority("g", now, old, of("d"), 4, 0).survives()).isTrue();
        assertThat(new Majority("g", now, old, of("d", "e"), 3, 0).survives()).isFalse();
        assertThat(new Majority("g", now, old, of("d"), 3, 0).survives()).isFalse();
    }
}
