package dev.catamaran.server.member;

import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON in which members of all versions report themselves (spec: jraft-groups 6.2, legacy-raft
 * 6.1). What only we know stands in {@code extendInfo.catamaran}, which real servers keep and
 * ignore.
 */
final class ReportJson {

    /** Real reports are about a kilobyte and five levels deep. */
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

    private ReportJson() {}

    /**
     * A report that was received.
     *
     * @param address who it says it is from
     * @param catamaran whether it comes from one of ours
     * @param version version it stands for
     * @param epoch transition epoch it acts on
     */
    record Report(
            String address, boolean catamaran, Optional<String> version, OptionalLong epoch) {}

    /** A member as JSON: what we report, and what we show of others. */
    static ObjectNode self(String address, SelfFacts facts) {
        int colon = address.lastIndexOf(':');
        int port = Integer.parseInt(address.substring(colon + 1));
        ObjectNode member = JSON.createObjectNode();
        member.put("ip", address.substring(0, colon));
        member.put("port", port);
        member.put("state", facts.ready() ? "UP" : "STARTING");
        ObjectNode extend = member.putObject("extendInfo");
        extend.put("raftPort", Integer.toString(MemberInfo.raftPort(port)));
        if (facts.showsVersion()) {
            extend.put("version", SelfFacts.SPEAKS);
        }
        ObjectNode ours = extend.putObject("catamaran");
        ours.put("version", SelfFacts.VERSION);
        ours.put("speaks", SelfFacts.SPEAKS);
        ours.put("phase", facts.phase().name());
        ours.put("epoch", facts.epoch());
        ours.put("revision", facts.revision());
        member.put("address", address);
        member.put("failAccessCnt", 0);
        return member;
    }

    /** What is known of another member, in the same form. */
    static ObjectNode other(MemberInfo info) {
        int colon = info.address().lastIndexOf(':');
        int port = Integer.parseInt(info.address().substring(colon + 1));
        ObjectNode member = JSON.createObjectNode();
        member.put("ip", info.address().substring(0, colon));
        member.put("port", port);
        member.put("state", info.reachable().orElse(false) ? "UP" : "SUSPICIOUS");
        ObjectNode extend = member.putObject("extendInfo");
        extend.put("raftPort", Integer.toString(MemberInfo.raftPort(port)));
        info.version().ifPresent(version -> extend.put("version", version));
        member.put("address", info.address());
        member.put("failAccessCnt", 0);
        return member;
    }

    /** Reads a report; empty when it is not one. */
    static Optional<Report> read(byte[] body) {
        try {
            JsonNode member = JSON.readTree(body);
            JsonNode ip = member.path("ip");
            JsonNode port = member.path("port");
            if (!ip.isString() || ip.asString().isBlank() || !port.isInt() || port.asInt() <= 0) {
                return Optional.empty();
            }
            JsonNode extend = member.path("extendInfo");
            JsonNode ours = extend.path("catamaran");
            JsonNode version = ours.isObject() ? ours.path("speaks") : extend.path("version");
            JsonNode epoch = ours.path("epoch");
            return Optional.of(
                    new Report(
                            ip.asString() + ":" + port.asInt(),
                            ours.isObject(),
                            version.isString() && version.asString().length() <= LONGEST_VERSION
                                    ? Optional.of(version.asString())
                                    : Optional.empty(),
                            epoch.isIntegralNumber()
                                    ? OptionalLong.of(epoch.asLong())
                                    : OptionalLong.empty()));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}
