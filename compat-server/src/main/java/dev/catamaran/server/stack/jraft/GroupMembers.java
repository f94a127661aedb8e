package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.PeerId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the voters of each group equal to the planned members. A group's leader does it, one voter
 * at a time, and only while all planned members are heard and name the same list: while lists
 * differ in the middle of a change nobody is added or removed. A joiner is added before anybody is
 * removed, so that a group never gets smaller than it has to.
 *
 * <p>Real servers do it the other way round: the joiner adds itself, and everybody removes whom it
 * does not list (spec: jraft-groups 1.5). One outdated list then takes voters away.
 */
final class GroupMembers {

    private static final Logger LOG = LoggerFactory.getLogger(GroupMembers.class);

    private final Collection<RaftGroup> groups;
    private final Supplier<Optional<List<String>>> plan;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** What is done to one group now. */
    sealed interface Change {

        /** A planned member votes from now on, once it has caught up. */
        record Add(PeerId peer) implements Change {}

        /** Somebody who is not planned votes no more. */
        record Remove(PeerId peer) implements Change {}
    }

    /**
     * Watches these groups.
     *
     * @param plan addresses of all planned members; empty while they do not agree or are not all
     *     there
     */
    GroupMembers(Collection<RaftGroup> groups, Supplier<Optional<List<String>>> plan) {
        this.groups = List.copyOf(groups);
        this.plan = requireNonNull(plan, "plan is null");
    }

    /** The next change that brings {@code voters} nearer to {@code planned}; pure. */
    static Optional<Change> next(Collection<PeerId> voters, Collection<PeerId> planned) {
        Optional<Change> add = first(planned, voters).map(Change.Add::new);
        return add.isPresent() ? add : first(voters, planned).map(Change.Remove::new);
    }

    /** The first of some peers that is not among others; the same on every member. */
    private static Optional<PeerId> first(Collection<PeerId> some, Collection<PeerId> others) {
        return some.stream()
                .filter(peer -> !others.contains(peer))
                .min(Comparator.comparing(PeerId::toString));
    }

    /** Looks at every group that is led here and begins at most one change of each. */
    void look() {
        Optional<List<String>> agreed = plan.get();
        if (agreed.isEmpty()) {
            return;
        }
        List<PeerId> planned = agreed.get().stream().map(PeerAddresses::peer).toList();
        for (RaftGroup group : groups) {
            Optional<Node> node = group.node();
            if (group.leaderTerm().isPresent() && node.isPresent()) {
                look(group.name(), node.get(), planned);
            }
        }
    }

    private void look(String group, Node node, List<PeerId> planned) {
        Optional<Change> change;
        try {
            change = next(node.listPeers(), planned);
        } catch (IllegalStateException noLongerLeading) {
            return;
        }
        if (change.isEmpty() || !underWay.add(group)) {
            return;
        }
        LOG.info("voters group={} change={}", group, change.get());
        if (change.get() instanceof Change.Add add) {
            node.addPeer(add.peer(), status -> ended(group, add, status));
        } else if (change.get() instanceof Change.Remove remove) {
            node.removePeer(remove.peer(), status -> ended(group, remove, status));
        }
    }

    private void ended(String group, Change change, Status status) {
        underWay.remove(group);
        if (status.isOk()) {
            LOG.info("voters group={} changed={}", group, change);
        } else {
            LOG.warn(
                    "voters group={} not-changed={} because=\"{}\"; tried again",
                    group,
                    change,
                    status.getErrorMsg());
        }
    }
}
