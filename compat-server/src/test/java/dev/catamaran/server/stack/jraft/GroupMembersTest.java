package dev.catamaran.server.stack.jraft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.entity.PeerId;
import dev.catamaran.server.stack.jraft.GroupMembers.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class GroupMembersTest {

    @Test
    void addsWhoIsMissingBeforeItRemovesWhoIsTooMany() {
        assertThat(next(List.of(1, 2, 3), List.of(1, 2, 3))).isEmpty();
        assertThat(next(List.of(1, 2, 3), List.of(1, 2, 3, 4))).contains(new Change.Add(peer(4)));
        assertThat(next(List.of(1, 2, 3, 4), List.of(1, 2, 3)))
                .contains(new Change.Remove(peer(4)));
        assertThat(next(List.of(1, 2, 3), List.of(1, 2, 4))).contains(new Change.Add(peer(4)));
    }

    @Property
    void arrivesAtThePlanByOneVoterAtATimeAndIsNeverSmallerThanThePlan(
            @ForAll @UniqueElements List<@IntRange(min = 1, max = 7) Integer> voters,
            @ForAll @UniqueElements List<@IntRange(min = 1, max = 7) Integer> planned) {
        List<PeerId> now = new ArrayList<>(peers(voters));
        int smallest = Math.min(voters.size(), planned.size());
        for (int step = 0; step < 14; step++) {
            Optional<Change> change = GroupMembers.next(now, peers(planned));
            if (change.isEmpty()) {
                break;
            }
            if (change.get() instanceof Change.Add add) {
                now.add(add.peer());
            } else if (change.get() instanceof Change.Remove remove) {
                now.remove(remove.peer());
            }
            assertThat(now.size()).isGreaterThanOrEqualTo(smallest);
        }
        assertThat(now).containsExactlyInAnyOrderElementsOf(peers(planned));
    }

    private static Optional<Change> next(List<Integer> voters, List<Integer> planned) {
        return GroupMembers.next(peers(voters), peers(planned));
    }

    private static List<PeerId> peers(List<Integer> numbers) {
        return numbers.stream().map(GroupMembersTest::peer).toList();
    }

    private static PeerId peer(int number) {
        return new PeerId("127.0.0.1", 7000 + number);
    }
}
