package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alibaba.nacos.consistency.entity.Response;
import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.util.Endpoint;
import dev.catamaran.server.stack.WriteResult;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.ConnectException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Carries a write to the leader of its group on another member (spec: jraft-groups 1.6). */
final class LeaderClient {

    /** What real nodes wait, too. */
    private static final long TIMEOUT_MS = 5_000;

    /** With these a server turns a call away before it looks at the request. */
    private static final Set<Status.Code> NEVER_HANDLED =
            Set.of(Status.Code.PERMISSION_DENIED, Status.Code.UNIMPLEMENTED);

    private final RpcClient client;

    LeaderClient(RpcClient client) {
        this.client = requireNonNull(client, "client is null");
    }

    /** Sends the write; never fails, never blocks. */
    CompletableFuture<WriteResult> send(String member, WriteRequest request) {
        CompletableFuture<WriteResult> result = new CompletableFuture<>();
        Endpoint endpoint = PeerAddresses.peer(member).getEndpoint();
        InvokeCallback callback = (answer, error) -> result.complete(ended(member, answer, error));
        try {
            client.invokeAsync(endpoint, request, callback, TIMEOUT_MS);
        } catch (RemotingException e) {
            result.complete(ended(member, null, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.complete(new WriteResult.Unknown("interrupted while calling " + member));
        }
        return result;
    }

    static WriteResult ended(String member, @Nullable Object answer, @Nullable Throwable error) {
        if (answer instanceof Response response) {
            return Replies.result(response);
        }
        if (error != null && neverSent(error)) {
            return new WriteResult.NotNow("the leader " + member + " takes no calls from here");
        }
        return new WriteResult.Unknown("no answer from the leader " + member + ": " + error);
    }

    /**
     * JRaft's own exception of the asynchronous path means that there was no channel to send on.
     */
    private static boolean neverSent(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof RemotingException) {
                return true;
            }
            if (cause instanceof StatusRuntimeException status
                    && NEVER_HANDLED.contains(status.getStatus().getCode())) {
                return true;
            }
        }
        return false;
    }
}
