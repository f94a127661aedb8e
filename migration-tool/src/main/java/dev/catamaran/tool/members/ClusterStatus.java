package dev.catamaran.tool.members;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Phase;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * What one member answers to {@code GET /catamaran/v1/status}, as far as a rehearsal needs it.
 *
 * @param phase where the cluster is, as this member has applied it
 * @param epoch counts phase changes
 * @param ready whether the member answers for itself that it may serve
 * @param lagRecords records the mirror still has to copy; 0 when nothing is mirrored
 * @param lagMs age of the oldest of them, milliseconds
 * @param legacyDigest digest of the legacy stack's records here
 * @param jraftDigest digest of the JRaft stack's records here
 * @param leaders group name to the member that leads it; no entry where none is known
 */
public record ClusterStatus(
        Phase phase,
        long epoch,
        boolean ready,
        long lagRecords,
        long lagMs,
        String legacyDigest,
        String jraftDigest,
        Map<String, String> leaders) {

    /** The group that holds the 1.x persistent records. */
    public static final String LEGACY_GROUP = "legacy";

    /** The group that holds the 2.x persistent instances. */
    public static final String JRAFT_GROUP = "naming_persistent_service_v2";

    public ClusterStatus {
        requireNonNull(phase, "phase is null");
        requireNonNull(legacyDigest, "legacyDigest is null");
        requireNonNull(jraftDigest, "jraftDigest is null");
        leaders = Map.copyOf(leaders);
    }

    /** Whether both stacks of this member hold the same. */
    public boolean equal() {
        return !legacyDigest.isEmpty() && legacyDigest.equals(jraftDigest);
    }

    /** The member that leads the stack which takes writes; empty text when none is known. */
    public String primaryLeader() {
        boolean jraft = phase == Phase.JRAFT || phase == Phase.FINALIZED;
        return leaders.getOrDefault(jraft ? JRAFT_GROUP : LEGACY_GROUP, "");
    }

    /** Reads the answer; throws {@link IllegalArgumentException} if it is not one. */
    static ClusterStatus read(JsonNode json) {
        Map<String, String> leaders = new HashMap<>();
        json.path("leaders").forEach(stack -> stack.properties().forEach(put(leaders)));
        return new ClusterStatus(
                Phase.valueOf(json.path("phase").asString("")),
                json.path("epoch").asLong(0),
                json.path("ready").asBoolean(false),
                json.path("mirror").path("lagRecords").asLong(0),
                json.path("mirror").path("lagMs").asLong(0),
                json.path("digests").path("legacy").asString(""),
                json.path("digests").path("jraft").asString(""),
                leaders);
    }

    private static Consumer<Map.Entry<String, JsonNode>> put(Map<String, String> leaders) {
        return leader -> {
            String address = leader.getValue().asString("");
            if (!address.isBlank()) {
                leaders.put(leader.getKey(), address);
            }
        };
    }
}
