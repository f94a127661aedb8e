package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alibaba.nacos.consistency.entity.ReadRequest;
import com.alibaba.nacos.consistency.entity.Response;
import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcServer;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two calls beside JRaft's own that peers make of a leader (spec: jraft-groups 1.6). They
 * answer with a message in every case.
 */
final class PeerProcessors {

    private static final Logger LOG = LoggerFactory.getLogger(PeerProcessors.class);

    private final Map<String, LeaderDesk> desks;

    PeerProcessors(Map<String, LeaderDesk> desks) {
        this.desks = Map.copyOf(requireNonNull(desks, "desks is null"));
    }

    void registerWith(RpcServer server) {
        server.registerProcessor(new Writes());
        server.registerProcessor(new Reads());
    }

    /** Takes a forwarded write and answers when it has ended. */
    private final class Writes implements RpcProcessor<WriteRequest> {

        @Override
        public void handleRequest(RpcContext context, WriteRequest request) {
            LeaderDesk desk = desks.get(request.getGroup());
            if (desk == null) {
                context.sendResponse(Replies.noGroup(request.getGroup()));
                return;
            }
            desk.take(request)
                    .whenComplete(
                            (result, error) -> {
                                if (error != null) {
                                    LOG.error("write failed group={}", request.getGroup(), error);
                                }
                                context.sendResponse(
                                        error == null
                                                ? Replies.of(result)
                                                : Replies.refusal(String.valueOf(error)));
                            });
        }

        @Override
        public String interest() {
            return WriteRequest.class.getName();
        }
    }

    /**
     * Answers reads that a real follower forwards when its own read index failed. The groups of the
     * registry have no reads of their own, and a read is never appended to the log.
     */
    private final class Reads implements RpcProcessor<ReadRequest> {

        @Override
        public void handleRequest(RpcContext context, ReadRequest request) {
            Response answer =
                    desks.containsKey(request.getGroup())
                            ? Replies.refusal("group " + request.getGroup() + " answers no reads")
                            : Replies.noGroup(request.getGroup());
            context.sendResponse(answer);
        }

        @Override
        public String interest() {
            return ReadRequest.class.getName();
        }
    }
}
