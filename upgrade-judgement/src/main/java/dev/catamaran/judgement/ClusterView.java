package dev.catamaran.judgement;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The members as the deciding one sees them at one moment.
 *
 * @param self address of the deciding member
 * @param planned addresses that Catamaran shall run at, self included: the voters of the transition
 *     group
 * @param members evidence of everyone in the list and of everyone else who was heard of lately; at
 *     most one per address
 */
public record ClusterView(String self, List<String> planned, List<MemberEvidence> members) {

    public ClusterView {
        requireNonNull(self, "self is null");
        planned = List.copyOf(planned);
        members = List.copyOf(members);
        Set<String> seen = new HashSet<>();
        for (MemberEvidence member : members) {
            if (!seen.add(member.address())) {
                throw new IllegalArgumentException("evidence twice of " + member.address());
            }
        }
        if (!planned.contains(self)) {
            throw new IllegalArgumentException(
                    self + " decides and is not planned, planned are " + planned);
        }
        if (Set.copyOf(planned).size() != planned.size()) {
            throw new IllegalArgumentException("a planned member is named twice: " + planned);
        }
    }

    /** What is known of {@code address}, if anything. */
    public Optional<MemberEvidence> member(String address) {
        return members.stream().filter(m -> m.address().equals(address)).findFirst();
    }

    /** How many members are more than half of the planned ones. */
    public int majority() {
        return planned.size() / 2 + 1;
    }

    /** How many planned members saw {@code member} as old; nobody else's eyes count. */
    int seenOldBy(MemberEvidence member) {
        return (int) planned.stream().filter(member.sightings().old()::contains).count();
    }

    /** Whether more than half of the planned members saw {@code member} as old. */
    boolean majoritySaysOld(MemberEvidence member) {
        return seenOldBy(member) >= majority();
    }
}
