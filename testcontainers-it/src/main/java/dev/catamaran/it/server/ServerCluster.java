package dev.catamaran.it.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Servers that know each other. Closing ends all of them and removes the homes made for them; both
 * happen too when this JVM ends. Used by one thread at a time.
 */
public final class ServerCluster implements AutoCloseable {

    /** Three at once on two busy cores: 50 s were seen. */
    private static final Duration UP_LIMIT = Duration.ofSeconds(150);

    private static final String UPGRADE = "/v1/ns/upgrade/ops/metrics";

    private final Workspace workspace;
    private final List<ServerNode> nodes;
    private final Thread hook;

    private ServerCluster(Workspace workspace, List<ServerNode> nodes) {
        this.workspace = workspace;
        this.nodes = List.copyOf(nodes);
        this.hook = new Thread(this::endQuietly, "end-servers");
    }

    static ServerCluster prepare(ClusterPlan plan) throws IOException {
        for (ServerKind kind : plan.kinds()) {
            if (kind instanceof NacosServer real) {
                real.fetch();
            }
        }
        int count = plan.kinds().size();
        List<String> addresses =
                plan.addresses().isEmpty() ? Addresses.free(count) : plan.addresses();
        List<String> members = new ArrayList<>(plan.isStandalone() ? List.of() : addresses);
        members.addAll(plan.alsoListed());
        Workspace workspace = Workspace.open();
        List<ServerNode> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path home =
                    plan.homes().isEmpty()
                            ? Files.createDirectories(workspace.folder().resolve("node" + (i + 1)))
                            : plan.homes().get(i).toAbsolutePath();
            nodes.add(
                    new ServerNode(plan.kinds().get(i), new Seat(home, addresses.get(i), members)));
        }
        ServerCluster cluster = new ServerCluster(workspace, nodes);
        Runtime.getRuntime().addShutdownHook(cluster.hook);
        return cluster;
    }

    public List<ServerNode> nodes() {
        return nodes;
    }

    /** The node on seat {@code index}, from 0. */
    public ServerNode node(int index) {
        return nodes.get(index);
    }

    public List<String> addresses() {
        return nodes.stream().map(ServerNode::address).toList();
    }

    public List<Path> homes() {
        return nodes.stream().map(ServerNode::home).toList();
    }

    /**
     * Starts all; returns at once.
     *
     * @throws ReleaseUnavailable if a server cannot be had on this machine
     * @throws IOException if one cannot be started
     */
    public void start() throws IOException {
        for (ServerNode node : nodes) {
            node.start();
        }
    }

    /**
     * Waits until all serve and all groups are led. A real server that ends while it starts is
     * started once more, as an operator would do it: one of three that start together ends now and
     * then by itself (2.1.2: a read index asked too early; 2.3 and later: its database opens too
     * slowly on a busy machine).
     *
     * @throws IOException if one ended or took too long; the message has the ends of its logs
     */
    public void awaitUp() throws IOException {
        for (ServerNode node : nodes) {
            try {
                node.awaitUp(UP_LIMIT);
            } catch (IOException e) {
                if (node.isAlive() || !(node.kind() instanceof NacosServer)) {
                    throw e;
                }
                System.err.println("STARTED ONCE MORE: " + e.getMessage());
                node.start();
                node.awaitUp(UP_LIMIT);
            }
        }
        List<NacosApi> real =
                nodes.stream()
                        .filter(node -> node.kind() instanceof NacosServer)
                        .map(ServerNode::api)
                        .toList();
        if (real.size() > 1) {
            awaitGroups(real);
        }
    }

    private void awaitGroups(List<NacosApi> real) throws IOException {
        List<List<String>> unled = new ArrayList<>();
        try {
            Awaitility.await()
                    .atMost(UP_LIMIT)
                    .ignoreExceptions()
                    .until(
                            () -> {
                                unled.add(0, NacosReadiness.unledGroups(real));
                                return unled.get(0).isEmpty();
                            });
        } catch (ConditionTimeoutException e) {
            throw new IOException(
                    "groups without a leader: "
                            + (unled.isEmpty() ? "unknown" : unled.get(0))
                            + "\n"
                            + nodes.get(0).tail(),
                    e);
        }
    }

    /**
     * Waits until every member of a real 2.0 or 2.1 cluster has left the raft of 1.x. They begin on
     * it and change by themselves within half a minute; what is written meanwhile is now and then
     * missing from one of them.
     *
     * @throws IOException if one has not left it in time
     */
    public void awaitUpgraded() throws IOException {
        for (ServerNode node : nodes) {
            String[] said = {""};
            try {
                Awaitility.await()
                        .atMost(UP_LIMIT)
                        .ignoreExceptions()
                        .until(
                                () -> {
                                    said[0] =
                                            node.api().get(UPGRADE, Map.of("json", "true")).text();
                                    return said[0].replace(" ", "").contains("\"upgraded\":true");
                                });
            } catch (ConditionTimeoutException e) {
                throw new IOException(node + " is still on the raft of 1.x: " + said[0], e);
            }
        }
    }

    /** Asks all to end, one after the other, and waits. */
    public void stop() {
        nodes.forEach(ServerNode::stop);
    }

    /** Ends all as a power cut would. */
    public void kill() {
        nodes.forEach(ServerNode::kill);
    }

    /**
     * Gives all nodes another member list.
     *
     * @throws IOException if it cannot be written
     */
    public void list(List<String> members) throws IOException {
        for (ServerNode node : nodes) {
            node.list(members);
        }
    }

    private void endQuietly() {
        nodes.forEach(ServerNode::close);
        try {
            workspace.close();
        } catch (IOException e) {
            // the next run sweeps
        }
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(ServerNode::close);
        Runtime.getRuntime().removeShutdownHook(hook);
        workspace.close();
    }
}
