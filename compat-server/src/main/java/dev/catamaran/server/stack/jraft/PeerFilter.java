package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls on the raft port whose source address is no member's address. The port has no other
 * protection in any 2.x version (spec: jraft-groups 9.2).
 */
final class PeerFilter implements ServerInterceptor {

    private final Supplier<Set<InetAddress>> members;

    PeerFilter(Supplier<Set<InetAddress>> members) {
        this.members = requireNonNull(members, "members is null");
    }

    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
            ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        SocketAddress source = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        if (isMember(source)) {
            return next.startCall(call, headers);
        }
        call.close(
                Status.PERMISSION_DENIED.withDescription(
                        "the source address is no member's; add it to the member list"),
                new Metadata());
        return new ServerCall.Listener<>() {};
    }

    boolean isMember(@Nullable SocketAddress source) {
        if (!(source instanceof InetSocketAddress address) || address.getAddress() == null) {
            return false;
        }
        Set<InetAddress> allowed = members.get();
        // A member on one loopback address calls from another: the kernel chooses 127.0.0.1.
        return allowed.contains(address.getAddress())
                || (address.getAddress().isLoopbackAddress()
                        && allowed.stream().anyMatch(InetAddress::isLoopbackAddress));
    }
}
