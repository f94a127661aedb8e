package dev.catamaran.tool.jraftdisk;

import java.util.List;

/**
 * A configuration to append behind the last entry, for a group whose members are lost for ever
 * (spec: jraft-disk 4, M). Every member of the new group gets the same store.
 *
 * @param voters the new voters; the old ones are not named, since that would ask for their majority
 * @param term the entry's term: one above the highest any survivor has promised
 */
public record AppendedVoters(List<Peer> voters, long term) {
    public AppendedVoters {
        voters = List.copyOf(voters);
        if (voters.isEmpty()) {
            throw new IllegalArgumentException("a group without voters");
        }
    }
}
