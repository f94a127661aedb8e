package dev.catamaran.tool.rebuild;

import dev.catamaran.tool.jraftdisk.Configuration;
import dev.catamaran.tool.jraftdisk.Peer;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One group, seen over all homes.
 *
 * @param group its name
 * @param stores the stores of the homes that have it, in the order of the homes
 */
record GroupView(String group, List<Store> stores) {

    /** Who wins an election: the greater last term, then the greater last index. */
    private static final Comparator<StoreFacts> ADVANCE =
            Comparator.comparingLong(StoreFacts::lastTerm).thenComparingLong(StoreFacts::lastIndex);

    /** A store and whose it is. */
    record Store(HomeFacts home, StoreFacts facts) {

        String where() {
            return home.at(facts.group());
        }
    }

    GroupView {
        stores = List.copyOf(stores);
    }

    static List<GroupView> of(List<HomeFacts> homes) {
        SortedSet<String> groups = new TreeSet<>();
        homes.forEach(home -> home.stores().forEach(store -> groups.add(store.group())));
        return groups.stream().map(group -> of(group, homes)).toList();
    }

    private static GroupView of(String group, List<HomeFacts> homes) {
        return new GroupView(
                group,
                homes.stream()
                        .flatMap(
                                home ->
                                        home.store(group).stream()
                                                .map(facts -> new Store(home, facts)))
                        .toList());
    }

    List<Store> whole() {
        return stores.stream().filter(store -> store.facts().isWhole()).toList();
    }

    /** The whole store that holds every committed entry, if a majority is there. */
    Optional<Store> best() {
        return whole().stream().max(Comparator.comparing(Store::facts, ADVANCE));
    }

    /** The configuration in force, as the most advanced store says it. */
    Configuration configuration() {
        return best().flatMap(store -> store.facts().configuration()).orElse(Configuration.NONE);
    }

    /** The highest term any member of the group has promised. */
    long highestTerm() {
        return stores.stream()
                .mapToLong(
                        store ->
                                Math.max(
                                        store.facts().lastTerm(),
                                        store.facts().vote().map(StoreFacts.Vote::term).orElse(0L)))
                .max()
                .orElse(0L);
    }

    Majority majority(SortedSet<Member> lost) {
        Configuration now = configuration();
        return new Majority(
                group,
                members(now.peers()),
                members(now.oldPeers()),
                lost,
                whole().size(),
                stores.size() - whole().size());
    }

    static SortedSet<Member> members(Collection<Peer> peers) {
        SortedSet<Member> members = new TreeSet<>();
        for (Peer peer : peers) {
            Member.ofRaft(peer.address()).ifPresent(member -> members.add(member));
        }
        return members;
    }
}
