package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alipay.sofa.jraft.rpc.RaftRpcFactory;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.rpc.impl.GrpcRaftRpcFactory;
import com.alipay.sofa.jraft.rpc.impl.GrpcServer;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.SPI;
import com.google.protobuf.Message;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.util.MutableHandlerRegistry;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The stock gRPC transport, but bound to the member's own address alone and with bounds on what may
 * come in. Found by JRaft's service loader, which takes the factory of the highest priority.
 */
@SPI(priority = 10)
public final class MemberRpcFactory extends GrpcRaftRpcFactory {

    /** Largest request; an AppendEntries batch is at most 128 KiB plus one entry. */
    private static final int MAX_INBOUND_BYTES = 8 * 1024 * 1024;

    /** Largest set of headers; JRaft sends none of its own. */
    private static final int MAX_HEADER_BYTES = 8 * 1024;

    /** Calls at once on one connection; a replicator keeps at most 256 in flight per group. */
    private static final int MAX_CALLS_PER_CONNECTION = 4_096;

    /** A peer that is silent this long is asked whether it is still there. */
    private static final long KEEPALIVE_SECONDS = 30;

    /** The base class keeps its map to itself, and the server needs one. */
    private final Map<String, Message> requests = new ConcurrentHashMap<>();

    @Override
    public void registerProtobufSerializer(String className, Object... instances) {
        super.registerProtobufSerializer(className, instances);
        requests.put(className, (Message) instances[0]);
    }

    @Override
    public RpcServer createRpcServer(
            Endpoint endpoint, RaftRpcFactory.@Nullable ConfigHelper<RpcServer> helper) {
        requireNonNull(endpoint, "endpoint is null");
        MutableHandlerRegistry handlers = new MutableHandlerRegistry();
        Server server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(endpoint.getIp(), endpoint.getPort()))
                        .fallbackHandlerRegistry(handlers)
                        .directExecutor()
                        .maxInboundMessageSize(MAX_INBOUND_BYTES)
                        .maxInboundMetadataSize(MAX_HEADER_BYTES)
                        .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                        .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                        .build();
        GrpcServer rpcServer = new GrpcServer(server, handlers, requests, getMarshallerRegistry());
        if (helper != null) {
            helper.config(rpcServer);
        }
        return rpcServer;
    }
}
