package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.InstallSnapshotRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ReadIndexRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowRequest;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls on the raft port that do not come from a planned member. The port has no other
 * protection in any 2.x version (spec: jraft-groups 9.2), and real servers of the same list call it
 * for groups of the same names: one that got through would vote in our groups, overwrite their logs
 * or add itself to them.
 *
 * <p>Three doors: the source address is a planned member's; a message that names its sender names a
 * planned one, because servers of one machine share their address; and what names no sender is
 * taken from ours only (a forwarded write is signed, commands that change a group's members are not
 * taken over the network at all).
 */
final class PeerFilter implements ServerInterceptor {

    /** Commands of JRaft's own client: who is in a group is decided by its leader here. */
    private static final String COMMANDS = "com.alipay.sofa.jraft.rpc.CliRequests$";

    private final Supplier<Set<InetAddress>> addresses;
    private final Set<PeerId> peers;

    /**
     * A filter.
     *
     * @param addresses IP addresses of the planned members now
     * @param peers the planned members
     */
    PeerFilter(Supplier<Set<InetAddress>> addresses, Set<PeerId> peers) {
        this.addresses = requireNonNull(addresses, "addresses is null");
        this.peers = Set.copyOf(peers);
    }

    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
            ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        if (!isMember(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR))) {
            return refuse(call, "the source address is no planned member's");
        }
        if (call.getMethodDescriptor().getFullMethodName().startsWith(COMMANDS)) {
            return refuse(call, "members are not changed over the network");
        }
        return new Checked<>(next.startCall(call, headers), call);
    }

    private static <ReqT, RespT> ServerCall.Listener<ReqT> refuse(
            ServerCall<ReqT, RespT> call, String because) {
        call.close(Status.PERMISSION_DENIED.withDescription(because), new Metadata());
        return new ServerCall.Listener<>() {};
    }

    boolean isMember(@Nullable SocketAddress source) {
        if (!(source instanceof InetSocketAddress address) || address.getAddress() == null) {
            return false;
        }
        Set<InetAddress> allowed = addresses.get();
        // A member on one loopback address calls from another: the kernel chooses 127.0.0.1.
        return allowed.contains(address.getAddress())
                || (address.getAddress().isLoopbackAddress()
                        && allowed.stream().anyMatch(InetAddress::isLoopbackAddress));
    }

    /** Whether a message may come in: it names a planned sender, or is signed, or names nobody. */
    boolean isOurs(Object message) {
        if (message instanceof WriteRequest write) {
            return Origins.isSigned(write);
        }
        Optional<String> sender = sender(message);
        return sender.isEmpty() || isPlanned(sender.get());
    }

    private boolean isPlanned(String sender) {
        PeerId peer = new PeerId();
        return peer.parse(sender) && peers.contains(peer);
    }

    /** Who a message says it is from; empty for those that name nobody. */
    private static Optional<String> sender(Object message) {
        if (message instanceof AppendEntriesRequest append) {
            return Optional.of(append.getServerId());
        }
        if (message instanceof RequestVoteRequest vote) {
            return Optional.of(vote.getServerId());
        }
        if (message instanceof InstallSnapshotRequest install) {
            return Optional.of(install.getServerId());
        }
        if (message instanceof TimeoutNowRequest now) {
            return Optional.of(now.getServerId());
        }
        return message instanceof ReadIndexRequest read
                ? Optional.of(read.getServerId())
                : Optional.empty();
    }

    /** Ends a call at its first message that is not ours; the handler never sees it. */
    private final class Checked<ReqT, RespT> extends SimpleForwardingServerCallListener<ReqT> {

        private final ServerCall<ReqT, RespT> call;
        private boolean refused;

        private Checked(ServerCall.Listener<ReqT> handler, ServerCall<ReqT, RespT> call) {
            super(handler);
            this.call = call;
        }

        @Override
        public void onMessage(ReqT message) {
            if (isOurs(message)) {
                super.onMessage(message);
                return;
            }
            refused = true;
            call.close(
                    Status.PERMISSION_DENIED.withDescription("the sender is no planned member"),
                    new Metadata());
        }

        /** A handler of one message begins its work here. */
        @Override
        public void onHalfClose() {
            if (!refused) {
                super.onHalfClose();
            }
        }
    }
}
