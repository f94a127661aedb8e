package dev.catamaran.tool.rebuild;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.jraftdisk.StoreFacts;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the checks must know of one home. It holds no records, so it can travel from the machine of
 * the home to the one where the plan is made.
 *
 * @param home path on its machine
 * @param self the member the home belongs to, where the home says it (ours do, real ones do not)
 * @param stores the groups, by name
 * @param databases of each group the identity that RocksDB gave its log when it was made; two homes
 *     with the same one are copies of one home
 * @param listed members of its cluster.conf; empty if it has none
 * @param legacy how far its 1.x raft had come; empty if it has no such records
 */
public record HomeFacts(
        String home,
        Optional<Member> self,
        List<StoreFacts> stores,
        SortedMap<String, String> databases,
        SortedSet<Member> listed,
        @Nullable LegacyMark legacy) {

    public HomeFacts {
        requireNonNull(home, "home is null");
        requireNonNull(self, "self is null");
        stores = List.copyOf(stores);
        databases = new TreeMap<>(databases);
        listed = new TreeSet<>(listed);
    }

    /** A home without records of the 1.x raft. */
    public HomeFacts(
            String home,
            Optional<Member> self,
            List<StoreFacts> stores,
            SortedMap<String, String> databases,
            SortedSet<Member> listed) {
        this(home, self, stores, databases, listed, null);
    }

    /** The store of a group; empty if the home has none. */
    public Optional<StoreFacts> store(String group) {
        return stores.stream().filter(store -> store.group().equals(group)).findFirst();
    }

    /** Every member that the stores name. */
    public SortedSet<Member> named() {
        SortedSet<Member> named = new TreeSet<>();
        stores.forEach(store -> named.addAll(GroupView.members(store.peers())));
        return named;
    }

    /** The members of each group's configuration in force: without those of the past. */
    public SortedMap<String, SortedSet<Member>> voters() {
        SortedMap<String, SortedSet<Member>> voters = new TreeMap<>();
        for (StoreFacts store : stores) {
            voters.put(
                    store.group(),
                    store.configuration()
                            .map(now -> GroupView.members(now.all()))
                            .orElseGet(TreeSet::new));
        }
        return voters;
    }

    /** The members of all groups' configurations in force. */
    public SortedSet<Member> configured() {
        SortedSet<Member> configured = new TreeSet<>();
        for (SortedSet<Member> some : voters().values()) {
            configured.addAll(some);
        }
        return configured;
    }

    /** Home and group, as findings name it. */
    String at(String group) {
        return home + " group " + group;
    }
}
