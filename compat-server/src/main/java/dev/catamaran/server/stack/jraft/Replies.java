package dev.catamaran.server.stack.jraft;

import com.alibaba.nacos.consistency.entity.Response;
import dev.catamaran.server.stack.WriteResult;

/**
 * How the end of a write travels in a {@link Response}. Errors of the raft port are always
 * messages, never gRPC statuses; a real peer shows the text to its caller (spec: jraft-groups 1.6).
 */
final class Replies {

    private static final String NOT_NOW = "catamaran not now: ";
    private static final String UNKNOWN = "catamaran unknown: ";
    private static final String REJECTED = "catamaran rejected: ";

    /** What real nodes, too, say when they do not lead. */
    private static final String NO_LEADER = "Could not find leader : ";

    /** What real nodes, too, say of a group they do not have. */
    private static final String NO_GROUP = "Could not find the corresponding Raft Group : ";

    private Replies() {}

    static Response noLeader(String group) {
        return refusal(NO_LEADER + group);
    }

    static Response noGroup(String group) {
        return refusal(NO_GROUP + group);
    }

    static Response refusal(String text) {
        return Response.newBuilder().setSuccess(false).setErrMsg(text).build();
    }

    static Response of(WriteResult result) {
        if (result instanceof WriteResult.Done) {
            return Response.newBuilder().setSuccess(true).build();
        }
        if (result instanceof WriteResult.NotNow notNow) {
            return refusal(NOT_NOW + notNow.because());
        }
        if (result instanceof WriteResult.Unknown unknown) {
            return refusal(UNKNOWN + unknown.because());
        }
        if (result instanceof WriteResult.Rejected rejected) {
            return refusal(REJECTED + rejected.because());
        }
        throw new AssertionError("no reply for " + result);
    }

    /** The inverse; a refusal that is not ours and not known to be certain is unknown. */
    static WriteResult result(Response response) {
        String text = response.getErrMsg();
        if (response.getSuccess()) {
            return new WriteResult.Done();
        }
        if (text.startsWith(NOT_NOW)) {
            return new WriteResult.NotNow(text.substring(NOT_NOW.length()));
        }
        if (text.startsWith(REJECTED)) {
            return new WriteResult.Rejected(text.substring(REJECTED.length()));
        }
        if (text.startsWith(NO_LEADER) || text.startsWith(NO_GROUP)) {
            return new WriteResult.NotNow("the member asked said: " + text);
        }
        return new WriteResult.Unknown(
                text.startsWith(UNKNOWN)
                        ? text.substring(UNKNOWN.length())
                        : "the leader answered: " + text);
    }
}
