package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alibaba.nacos.consistency.entity.ReadRequest;
import com.alibaba.nacos.consistency.entity.Response;
import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.alipay.sofa.jraft.NodeManager;
import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.ProtobufMsgFactory;
import com.alipay.sofa.jraft.rpc.RaftRpcServerFactory;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.rpc.impl.GrpcServer;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.RpcFactoryHelper;
import com.google.protobuf.Message;
import dev.catamaran.server.member.RaftView;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.transition.TransitionGroup;
import dev.catamaran.server.transition.TransitionWatch;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JRaft side of a member: one gRPC server on the raft port and four groups behind it. Groups of
 * real nodes that this server does not run ({@code naming_persistent_service}, {@code
 * nacos_config}) keep their directories untouched.
 *
 * <p>Life: construct, register listeners with {@link #transition()} and {@link #stack()}, {@link
 * #start}, {@link #close}. It starts once.
 */
public final class JRaftServer implements AutoCloseable {

    /** Of real nodes: {@code core_thread_num} and {@code cli_service_thread_num}. */
    private static final int CORE_THREADS = 8;

    private static final int CLI_THREADS = 4;

    /** Threads on which callers learn how their writes ended; none of JRaft's own. */
    private static final int RESULT_THREADS = 4;

    /** How often member names are resolved again. */
    private static final long RESOLVE_SECONDS = 30;

    /** How often leaders compare the voters of their groups with the plan. */
    private static final long VOTERS_SECONDS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(JRaftServer.class);

    private final JRaftSettings settings;
    private final ScheduledExecutorService timer;
    private final ExecutorService snapshots;
    private final ExecutorService core;
    private final ExecutorService results;
    private final ExecutorService cli;
    private final Map<String, RaftGroup> groups;
    private final JRaftTransitionGroup transition;
    private final JRaftStack stack;
    private volatile Set<InetAddress> memberAddresses = Set.of();
    private @Nullable RpcServer rpcServer;
    private @Nullable RpcClient rpcClient;

    public JRaftServer(JRaftSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
        this.timer = Executors.newScheduledThreadPool(2, named("jraft-timer"));
        this.snapshots = Executors.newFixedThreadPool(2, named("jraft-snapshot"));
        this.core = Executors.newFixedThreadPool(CORE_THREADS, named("jraft-core"));
        this.results = Executors.newFixedThreadPool(RESULT_THREADS, named("jraft-result"));
        this.cli = Executors.newFixedThreadPool(CLI_THREADS, named("jraft-cli"));
        JRaftRegistry registry = new JRaftRegistry();
        TransitionGroupState transitionState = new TransitionGroupState();
        this.groups =
                Map.of(
                        Groups.TRANSITION, group(Groups.TRANSITION, transitionState),
                        Groups.SERVICES, group(Groups.SERVICES, new ServicesState(registry)),
                        Groups.INSTANCES, group(Groups.INSTANCES, new InstancesState(registry)),
                        Groups.OVERRIDES, group(Groups.OVERRIDES, new OverridesState(registry)));
        this.transition = new JRaftTransitionGroup(group(Groups.TRANSITION), transitionState);
        this.stack = new JRaftStack(settings.self(), registry, groups, results);
    }

    private RaftGroup group(String name, GroupState state) {
        return new RaftGroup(name, state, timer, snapshots);
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "catamaran-" + name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    public TransitionGroup transition() {
        return transition;
    }

    public RegistryStack stack() {
        return stack;
    }

    RaftGroup group(String name) {
        return requireNonNull(groups.get(name), name);
    }

    /** All groups by name, as this member sees them. */
    public SortedMap<String, RaftView> views() {
        SortedMap<String, RaftView> views = new TreeMap<>();
        groups.forEach((name, group) -> views.put(name, group.view()));
        return views;
    }

    /**
     * Binds the raft port and starts the groups; returns when each has replayed its own files,
     * which does not mean that it has a leader.
     *
     * @param watch tells the leaders here whether a write may be taken
     * @throws IOException when the port cannot be bound or a group's files cannot be opened
     */
    public synchronized void start(TransitionWatch watch) throws IOException {
        requireNonNull(watch, "watch is null");
        registerMessages();
        refreshMemberAddresses();
        timer.scheduleWithFixedDelay(
                this::refreshMemberAddresses, RESOLVE_SECONDS, RESOLVE_SECONDS, TimeUnit.SECONDS);
        Map<String, LeaderDesk> desks = desks(watch);
        RpcClient client = RpcFactoryHelper.rpcFactory().createRpcClient();
        client.init(new RpcOptions());
        rpcClient = client;
        stack.open(desks, new LeaderClient(client));
        Endpoint self = PeerAddresses.peer(settings.self()).getEndpoint();
        RpcServer server = serve(self, desks);
        rpcServer = server;
        for (String name : startOrder()) {
            startGroup(group(name), server);
        }
        stack.watchLoading();
        LOG.info("jraft started address={} groups={}", self, startOrder());
    }

    private static List<String> startOrder() {
        return List.of(Groups.SERVICES, Groups.INSTANCES, Groups.OVERRIDES, Groups.TRANSITION);
    }

    private Map<String, LeaderDesk> desks(TransitionWatch watch) {
        Map<String, LeaderDesk> desks = new HashMap<>();
        for (RaftGroup group : groups.values()) {
            if (group.state() instanceof RegistryGroupState state) {
                desks.put(group.name(), new LeaderDesk(group, state, watch));
            }
        }
        return desks;
    }

    /** Tells JRaft's transport the messages beside its own; the map is one per process. */
    private static void registerMessages() {
        ProtobufMsgFactory.load();
        if (!(RpcFactoryHelper.rpcFactory() instanceof MemberRpcFactory factory)) {
            throw new IllegalStateException(
                    "JRaft found another transport: "
                            + RpcFactoryHelper.rpcFactory().getClass().getName());
        }
        for (Message message :
                List.of(
                        WriteRequest.getDefaultInstance(),
                        ReadRequest.getDefaultInstance(),
                        Response.getDefaultInstance())) {
            factory.registerProtobufSerializer(message.getClass().getName(), message);
        }
        for (Class<?> request : List.of(WriteRequest.class, ReadRequest.class)) {
            factory.getMarshallerRegistry()
                    .registerResponseInstance(request.getName(), Response.getDefaultInstance());
        }
    }

    private RpcServer serve(Endpoint self, Map<String, LeaderDesk> desks) throws IOException {
        NodeManager.getInstance().addAddress(self);
        RpcServer server = RpcFactoryHelper.rpcFactory().createRpcServer(self);
        if (settings.membersOnly() && server instanceof GrpcServer grpc) {
            grpc.addServerInterceptor(
                    new PeerFilter(
                            () -> memberAddresses,
                            settings.members().stream()
                                    .map(PeerAddresses::peer)
                                    .collect(Collectors.toSet())));
        }
        RaftRpcServerFactory.addRaftRequestProcessors(server, core, cli);
        new PeerProcessors(desks).registerWith(server);
        try {
            server.init(null);
        } catch (Exception e) {
            // The transport throws the IOException of a taken port without declaring it.
            throw new IOException(
                    "cannot listen on raft port " + self + " (HTTP port minus 1000): free it", e);
        }
        return server;
    }

    private void startGroup(RaftGroup group, RpcServer server) throws IOException {
        try {
            group.start(settings, server);
        } catch (RuntimeException e) {
            throw new IOException(
                    "cannot open raft group "
                            + group.name()
                            + " in "
                            + settings.groupDirectory(group.name())
                            + ": see the log above for what its files lack",
                    e);
        }
    }

    /**
     * Keeps the voters of all groups equal to a plan from now on; call it after {@link #start}.
     *
     * @param plan addresses of all planned members; empty while they do not agree on them
     */
    public void keepVoters(Supplier<Optional<List<String>>> plan) {
        GroupMembers members = new GroupMembers(groups.values(), plan);
        timer.scheduleWithFixedDelay(
                members::look, VOTERS_SECONDS, VOTERS_SECONDS, TimeUnit.SECONDS);
    }

    private void refreshMemberAddresses() {
        memberAddresses = PeerAddresses.resolve(settings.members());
    }

    /** Stops the groups and closes their files; waits for both. */
    @Override
    public synchronized void close() {
        try {
            for (RaftGroup group : groups.values()) {
                group.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (rpcServer != null) {
            rpcServer.shutdown();
            rpcServer = null;
        }
        if (rpcClient != null) {
            rpcClient.shutdown();
            rpcClient = null;
        }
        // What still waits is told that its group has stopped: nobody is left hanging.
        List.of(timer, snapshots, core, cli, results).forEach(ExecutorService::shutdown);
    }
}
