package dev.catamaran.server.member;

import dev.catamaran.judgement.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON in which members of all versions report themselves (spec: jraft-groups 6.2, legacy-raft
 * 6.1). What only we know stands in {@code extendInfo.catamaran}, which real servers keep and
 * ignore.
 */
final class ReportJson {

    /** Real reports are about a kilobyte and six levels deep. */
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(32)
                                                    .maxStringLength(100_000)
                                                    .maxDocumentLength(1_000_000)
                                                    .build())
                                    .build())
                    .build();

    /** No real version is longer. */
    private static final int LONGEST_VERSION = 64;

    /** Enough for the names of all groups and an error each. */
    private static final int LONGEST_TROUBLE = 500;

    /** More addresses than any cluster has members. */
    private static final int MOST_ADDRESSES = 1_000;

    private ReportJson() {}

    /**
     * A report that was received.
     *
     * @param address who it says it is from
     * @param catamaran whether it comes from one of ours
     * @param version version it stands for
     * @param software version of Catamaran it runs; empty from a real server
     * @param phase phase it acts on
     * @param epoch transition epoch it acts on
     * @param decided whether it knows of a decision of the transition group
     * @param httpRaft whether it says that its HTTP raft runs
     * @param seenOld members that it sees as 1.x servers
     * @param planned the members that it was told to be Catamaran's; empty from a real server
     * @param policies who moves the cluster, as it was told; empty from a real server
     * @param broken what of it has stopped until somebody helps
     */
    record Report(
            String address,
            boolean catamaran,
            Optional<String> version,
            Optional<String> software,
            Optional<Phase> phase,
            OptionalLong epoch,
            boolean decided,
            boolean httpRaft,
            Set<String> seenOld,
            List<String> planned,
            String policies,
            Optional<String> broken) {

        Report {
            seenOld = Set.copyOf(seenOld);
            planned = List.copyOf(planned);
        }

        /** What a server says that has no report, but answers as those before 1.3 do. */
        static Report before13(String address) {
            return new Report(
                    address,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    false,
                    true,
                    Set.of(),
                    List.of(),
                    "",
                    Optional.empty());
        }
    }

    /**
     * What this member reports.
     *
     * @param showsVersion whether real servers may see a version
     * @param seenOld members that it sees as 1.x servers
     * @param nowMs milliseconds since 1970
     */
    static ObjectNode self(
            Membership membership,
            SelfFacts facts,
            boolean showsVersion,
            Set<String> seenOld,
            long nowMs) {
        ObjectNode member = address(membership.self());
        member.put("state", facts.ready() ? "UP" : "STARTING");
        ObjectNode extend = member.putObject("extendInfo");
        extend.put("lastRefreshTime", nowMs);
        putRaft(facts.raft(), extend);
        extend.put("raftPort", raftPort(membership.self()));
        // a boolean: 2.0 and 2.1 cast it, and anything else ends their checks (D10)
        extend.put("readyToUpgrade", showsVersion);
        if (showsVersion) {
            extend.put("version", SelfFacts.SPEAKS);
        }
        ObjectNode ours = extend.putObject("catamaran");
        ours.put("version", SelfFacts.VERSION);
        ours.put("speaks", SelfFacts.SPEAKS);
        facts.phase()
                .ifPresent(
                        phase -> {
                            ours.put("phase", phase.name());
                            ours.put("epoch", facts.epoch());
                        });
        ours.put("decided", facts.decided());
        facts.broken().ifPresent(what -> ours.put("broken", what));
        new TreeSet<>(seenOld).forEach(ours.putArray("old")::add);
        membership.planned().forEach(ours.putArray("planned")::add);
        ours.put("policies", membership.policies());
        member.put("address", membership.self());
        member.put("failAccessCnt", 0);
        putAbilities(member);
        return member;
    }

    private static void putRaft(Map<String, RaftView> groups, ObjectNode extend) {
        ObjectNode all = extend.putObject("raftMetaData").putObject("metaDataMap");
        groups.forEach(
                (name, view) -> {
                    ObjectNode group = all.putObject(name);
                    if (!view.leader().isEmpty()) {
                        group.put("leader", view.leader());
                    }
                    view.peers().forEach(group.putArray("raftGroupMember")::add);
                    group.put("term", view.term());
                });
    }

    /** No connection to the gRPC port is invited: nothing listens there yet. */
    private static void putAbilities(ObjectNode member) {
        ObjectNode abilities = member.putObject("abilities");
        ObjectNode remote = abilities.putObject("remoteAbility");
        remote.put("supportRemoteConnection", false);
        remote.put("grpcReportEnabled", false);
        abilities.putObject("configAbility").put("supportRemoteMetrics", false);
        abilities.putObject("namingAbility").put("supportJraft", true);
        member.put("grpcReportEnabled", false);
    }

    /** What is known of another member, in the same form. */
    static ObjectNode other(MemberInfo info) {
        ObjectNode member = address(info.address());
        // real servers have no word for a member that was never called
        member.put(
                "state", info.reachable().isEmpty() ? "SUSPICIOUS" : info.reach().state().name());
        ObjectNode extend = member.putObject("extendInfo");
        extend.put("raftPort", raftPort(info.address()));
        info.version().ifPresent(version -> extend.put("version", version));
        member.put("address", info.address());
        member.put("failAccessCnt", info.reach().failures());
        return member;
    }

    private static ObjectNode address(String address) {
        int colon = address.lastIndexOf(':');
        ObjectNode member = JSON.createObjectNode();
        member.put("ip", address.substring(0, colon));
        member.put("port", port(address));
        return member;
    }

    private static String raftPort(String address) {
        return Integer.toString(MemberInfo.raftPort(port(address)));
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    static ArrayNode array() {
        return JSON.createArrayNode();
    }

    /** Reads a report; empty when it is not one. */
    static Optional<Report> read(byte[] body) {
        try {
            return report(JSON.readTree(body));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Reads a report from an answer of a real server: {@code data} is the member, or from 2.1.2 on
     * a text that holds its JSON, or before that just {@code "true"}.
     */
    static Optional<Report> readAnswer(byte[] body) {
        try {
            JsonNode data = JSON.readTree(body).path("data");
            return report(data.isString() ? JSON.readTree(data.asString()) : data);
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Report> report(JsonNode member) {
        JsonNode ip = member.path("ip");
        JsonNode port = member.path("port");
        if (!ip.isString() || ip.asString().isBlank() || !port.isInt() || port.asInt() <= 0) {
            return Optional.empty();
        }
        JsonNode extend = member.path("extendInfo");
        JsonNode ours = extend.path("catamaran");
        JsonNode epoch = ours.path("epoch");
        return Optional.of(
                new Report(
                        ip.asString() + ":" + port.asInt(),
                        ours.isObject(),
                        version(ours.isObject() ? ours.path("speaks") : extend.path("version")),
                        version(ours.path("version")),
                        phase(ours.path("phase")),
                        epoch.isIntegralNumber()
                                ? OptionalLong.of(epoch.asLong())
                                : OptionalLong.empty(),
                        ours.path("decided").asBoolean(false),
                        extend.path("naming").isObject(),
                        new TreeSet<>(addresses(ours.path("old"))),
                        addresses(ours.path("planned")),
                        policies(ours.path("policies")),
                        broken(ours.path("broken"))));
    }

    /** What nobody of ours writes is as good as nothing. */
    private static String policies(JsonNode policies) {
        String text = policies.asString("");
        return text.matches("[a-z/]{1,32}") ? text : "";
    }

    /** Shown to operators and logged: one line, and not a long one. */
    private static Optional<String> broken(JsonNode broken) {
        String text = broken.asString("").replaceAll("\\p{Cntrl}", " ").strip();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(text.substring(0, Math.min(LONGEST_TROUBLE, text.length())));
    }

    private static Optional<String> version(JsonNode version) {
        return version.isString()
                        && !version.asString().isBlank()
                        && version.asString().length() <= LONGEST_VERSION
                ? Optional.of(version.asString())
                : Optional.empty();
    }

    private static Optional<Phase> phase(JsonNode phase) {
        return Arrays.stream(Phase.values())
                .filter(known -> known.name().equals(phase.asString("")))
                .findFirst();
    }

    private static List<String> addresses(JsonNode array) {
        return array.valueStream()
                .limit(MOST_ADDRESSES)
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .toList();
    }
}
