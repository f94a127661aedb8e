package dev.catamaran.tool.jraftdisk;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Who is in a group, as an entry or a snapshot says it. The order is the stored one.
 *
 * @param peers voters
 * @param oldPeers voters before a change that is under way; mostly empty
 * @param learners members without a vote
 * @param oldLearners learners before a change that is under way
 */
public record Configuration(
        List<Peer> peers, List<Peer> oldPeers, List<Peer> learners, List<Peer> oldLearners) {

    public static final Configuration NONE = of(List.of());

    public Configuration {
        peers = List.copyOf(peers);
        oldPeers = List.copyOf(oldPeers);
        learners = List.copyOf(learners);
        oldLearners = List.copyOf(oldLearners);
    }

    /** A configuration of voters only. */
    public static Configuration of(List<Peer> peers) {
        return new Configuration(peers, List.of(), List.of(), List.of());
    }

    /** Whether nobody is named. */
    boolean isNone() {
        return peers.isEmpty() && oldPeers.isEmpty() && learners.isEmpty() && oldLearners.isEmpty();
    }

    /** Whether a change of members was under way. */
    public boolean isJoint() {
        return !oldPeers.isEmpty();
    }

    /** Every member named, once. */
    public SortedSet<Peer> all() {
        SortedSet<Peer> all = new TreeSet<>();
        Stream.of(peers, oldPeers, learners, oldLearners).forEach(list -> all.addAll(list));
        return all;
    }
}
