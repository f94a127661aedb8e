package dev.catamaran.server.stack.jraft;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import dev.catamaran.server.stack.WriteOrigin;
import java.util.Map;
import java.util.Optional;

/**
 * What our members say beside a write, in the map of a {@link WriteRequest} that real nodes ignore:
 * on whose behalf and under which epoch it is sent, and the condition it depends on.
 */
final class Origins {

    private static final String EPOCH = "catamaran.epoch";
    private static final String KIND = "catamaran.origin";
    private static final String CONDITION = "catamaran.if";

    private Origins() {}

    static WriteRequest put(WriteRequest request, WriteOrigin origin) {
        return request.toBuilder()
                .putExtendInfo(EPOCH, Long.toString(origin.epoch()))
                .putExtendInfo(KIND, origin.kind().name())
                .build();
    }

    static WriteRequest putCondition(WriteRequest request, String condition) {
        return request.toBuilder().putExtendInfo(CONDITION, condition).build();
    }

    /** Whether one of our members sent it on to the leader. */
    static boolean isSigned(WriteRequest request) {
        return request.getExtendInfoMap().containsKey(EPOCH);
    }

    /** Who sent it; empty for a real peer. Fails for an origin that is none. */
    static Optional<WriteOrigin> of(WriteRequest request) {
        Map<String, String> info = request.getExtendInfoMap();
        if (!info.containsKey(EPOCH) && !info.containsKey(KIND)) {
            return Optional.empty();
        }
        WriteOrigin.Kind kind = WriteOrigin.Kind.valueOf(info.getOrDefault(KIND, ""));
        return Optional.of(new WriteOrigin(kind, Long.parseLong(info.getOrDefault(EPOCH, ""))));
    }

    /** The condition; empty text for none. */
    static String condition(WriteRequest request) {
        return request.getExtendInfoMap().getOrDefault(CONDITION, "");
    }

    /** The request as it goes into the log: like a real node's, without anything of ours. */
    static WriteRequest bare(WriteRequest request) {
        return request.toBuilder().clearExtendInfo().build();
    }
}
