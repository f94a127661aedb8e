package dev.catamaran.tool.explain;

import dev.catamaran.tool.explain.NodeEvent.Member;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one server of a running cluster answered. Read only; nothing of it was changed.
 *
 * @param address ip:port that was asked
 * @param trouble why it could not be asked; empty when it answered
 * @param version of its own, where it tells one
 * @param members its list as it knows it
 * @param groups its view of its raft groups
 * @param upgrade its upgrade metrics; only 2.0.2 to 2.1.2 have them
 * @param reasons what our own members say about themselves; empty for real servers
 */
record LiveNode(
        String address,
        Optional<String> trouble,
        Optional<String> version,
        List<Member> members,
        Map<String, Group> groups,
        Optional<Upgrade> upgrade,
        Optional<Spoken> reasons) {

    LiveNode {
        members = List.copyOf(members);
        groups = Map.copyOf(groups);
    }

    static LiveNode silent(String address, String trouble) {
        return new LiveNode(
                address,
                Optional.of(trouble),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * One raft group in the eyes of this server.
     *
     * @param leader ip:port of the raft, empty for none
     * @param members raft addresses, that is HTTP port − 1000
     */
    record Group(Optional<String> leader, List<String> members) {
        Group {
            members = List.copyOf(members);
        }
    }

    /**
     * The figures of {@code /nacos/v1/ns/upgrade/ops/metrics}.
     *
     * @param tasks copies that wait
     * @param onlyV1 services that only the 1.x model has, {@code namespace##group@@name}
     * @param onlyV2 services that only the 2.x model has
     */
    record Upgrade(
            boolean upgraded,
            boolean doubleWrite,
            long tasks,
            long servicesV1,
            long servicesV2,
            long instancesV1,
            long instancesV2,
            List<String> onlyV1,
            List<String> onlyV2) {
        Upgrade {
            onlyV1 = List.copyOf(onlyV1);
            onlyV2 = List.copyOf(onlyV2);
        }
    }

    /**
     * What a Catamaran member says: its phase, and the reasons of its judge.
     *
     * @param phase as in its status
     * @param reasons the array of {@code /catamaran/v1/explain}, the first the most telling
     * @param foretold the array of {@code /catamaran/v1/preflight}
     * @param standing how it stands there
     * @param moves the array of {@code /catamaran/v1/history}, oldest first
     */
    record Spoken(
            String phase,
            List<SpokenReason> reasons,
            List<Foretold> foretold,
            Standing standing,
            List<Moved> moves) {
        Spoken {
            moves = List.copyOf(moves);
            reasons = List.copyOf(reasons);
            foretold = List.copyOf(foretold);
        }
    }

    /**
     * What a Catamaran member's status says of the last move and of what stops the next.
     *
     * @param epoch its epoch; empty while it does not know the phase
     * @param because why the last move was made; empty when it tells none
     * @param holdReason why an operator holds the cluster; empty unless held
     * @param notSaved why it could not save the last move; empty unless it could not
     * @param notReady what of it has stopped, or what its two stacks say of themselves while it is
     *     not ready; empty while all is well
     */
    record Standing(
            Optional<Long> epoch,
            String because,
            Optional<String> holdReason,
            Optional<String> notSaved,
            Optional<String> notReady) {}

    /**
     * One move of the cluster, as the transition group remembers it.
     *
     * @param revision counts the moves
     * @param at when, by the clock of the leader then (ISO 8601); empty when not known
     * @param by that leader; empty when not known
     * @param where the cluster was after it
     * @param because why
     */
    record Moved(long revision, String at, String by, String where, String because) {}

    /** What real servers would do by their own code; docs/runbooks/beside-real-servers.md. */
    record Foretold(String check, String member, String evidence, String danger, String advice) {}

    /** One reason of a judge, as docs/reference/decisions.md tells it; absent fields are empty. */
    record SpokenReason(
            String rule,
            String step,
            String member,
            String since,
            String evidence,
            String change,
            String command) {}
}
