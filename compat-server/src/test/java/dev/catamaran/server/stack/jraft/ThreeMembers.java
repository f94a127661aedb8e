package dev.catamaran.server.stack.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.server.transition.TransitionWatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/** Three members of a cluster in this process, on free ports of the loopback address. */
final class ThreeMembers implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration ELECTION = Duration.ofMillis(1_500);
    private static final Duration SNAPSHOTS = Duration.ofHours(1);

    private final Path root;
    private final TransitionWatch watch;
    private final List<String> addresses;
    private final SortedMap<String, JRaftServer> running = new TreeMap<>();

    ThreeMembers(Path root, TransitionWatch watch) throws IOException {
        this.root = root;
        this.watch = watch;
        this.addresses = freeAddresses();
    }

    static ThreeMembers started(Path root, TransitionWatch watch) throws IOException {
        ThreeMembers members = new ThreeMembers(root, watch);
        for (String address : members.addresses) {
            members.start(address);
        }
        return members;
    }

    /** HTTP addresses whose raft ports are free now. */
    private static List<String> freeAddresses() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        List<String> found = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                found.add("127.0.0.1:" + (socket.getLocalPort() + 1000));
            }
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
        return found.stream().sorted().toList();
    }

    List<String> addresses() {
        return addresses;
    }

    JRaftServer start(String address) throws IOException {
        JRaftSettings settings =
                new JRaftSettings(home(address), address, addresses, ELECTION, SNAPSHOTS, true);
        JRaftServer server = new JRaftServer(settings);
        running.put(address, server);
        server.start(watch);
        return server;
    }

    Path home(String address) {
        return root.resolve(address.replace(':', '_'));
    }

    void stop(String address) {
        JRaftServer server = running.remove(address);
        assertThat(server).as(address).isNotNull();
        server.close();
    }

    JRaftServer member(String address) {
        JRaftServer server = running.get(address);
        assertThat(server).as(address).isNotNull();
        return server;
    }

    Collection<JRaftServer> all() {
        return running.values();
    }

    JRaftServer transitionLeader() {
        return await("a leader of the transition group")
                .atMost(SOON)
                .until(
                        () ->
                                running.values().stream()
                                        .filter(server -> server.transition().isLeader())
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The member that leads a group, with everything of earlier terms applied. */
    JRaftServer leaderOf(String group) {
        return await("a leader of " + group)
                .atMost(SOON)
                .until(
                        () ->
                                running.values().stream()
                                        .filter(one -> one.group(group).leaderTerm().isPresent())
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /**
     * Waits until every group answers every member twice in a row: a process that is still cold
     * loses leaders.
     */
    void awaitReady() {
        await("every member ready").atMost(SOON).until(() -> allAnswer(2));
    }

    private boolean allAnswer(int times) {
        return IntStream.range(0, times)
                .allMatch(time -> running.values().stream().allMatch(ThreeMembers::answers));
    }

    private static boolean answers(JRaftServer server) {
        try {
            server.transition().confirm(Duration.ofSeconds(1)).join();
            server.stack().barrier(Duration.ofSeconds(1)).join();
            return server.stack().status().ready();
        } catch (CompletionException e) {
            return false;
        }
    }

    String addressOf(JRaftServer server) {
        return running.entrySet().stream()
                .filter(entry -> entry.getValue() == server)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    @Override
    public void close() {
        running.values().forEach(JRaftServer::close);
        running.clear();
    }
}
