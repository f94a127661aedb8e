package dev.catamaran.server.member;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The configured list, and which of it shall run Catamaran.
 *
 * @param self own address
 * @param listed addresses of all members, self included, sorted as text
 * @param planned those of them that Catamaran runs at or shall run at: the voters of the transition
 *     group and of both stacks; self included, sorted as text
 * @param policies who may move the cluster, as this member was told; to be the same on all
 */
public record Membership(String self, List<String> listed, List<String> planned, String policies) {

    public Membership {
        requireNonNull(self, "self is null");
        requireNonNull(policies, "policies is null");
        listed = listed.stream().sorted().toList();
        planned = planned.stream().sorted().toList();
        if (!planned.contains(self)) {
            throw new IllegalArgumentException(self + " is not planned, planned are " + planned);
        }
        if (!listed.containsAll(planned)) {
            throw new IllegalArgumentException(
                    "planned " + planned + " are not all members of " + listed);
        }
    }

    /** A list all of whose members shall run Catamaran. */
    public static Membership ofPlanned(String self, List<String> addresses) {
        return new Membership(self, addresses, addresses, "");
    }
}
