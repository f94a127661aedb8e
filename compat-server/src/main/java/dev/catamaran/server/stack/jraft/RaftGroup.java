package dev.catamaran.server.stack.jraft;

import static java.util.Objects.requireNonNull;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.rpc.RpcServer;
import dev.catamaran.registry.v2.LogEntries;
import dev.catamaran.server.member.RaftView;
import dev.catamaran.server.stack.WriteResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One raft group on this member: its node, its state machine, and the calls others make of it. */
final class RaftGroup {

    private static final Logger LOG = LoggerFactory.getLogger(RaftGroup.class);

    /** One attempt at a read index; retried while the caller's time lasts. */
    private static final long READ_INDEX_ATTEMPT_MS = 1_000;

    /** Pause between looks at the applied index, and after the first failed attempt. */
    private static final long PAUSE_MS = 20;

    /** Longest pause between attempts: a group without a leader is not to be hammered. */
    private static final long MAX_PAUSE_MS = 500;

    private final String name;
    private final GroupState state;
    private final GroupStateMachine machine;
    private final ScheduledExecutorService timer;
    private volatile @Nullable RaftGroupService service;
    private volatile @Nullable Node node;

    RaftGroup(String name, GroupState state, ScheduledExecutorService timer, Executor snapshots) {
        this.name = requireNonNull(name, "name is null");
        this.state = requireNonNull(state, "state is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.machine = new GroupStateMachine(name, state, snapshots);
    }

    String name() {
        return name;
    }

    GroupState state() {
        return state;
    }

    GroupStateMachine machine() {
        return machine;
    }

    /** Opens the group's files and starts its node; replays what a snapshot does not hold. */
    void start(JRaftSettings settings, RpcServer rpcServer) throws IOException {
        Path directory = settings.groupDirectory(name);
        Files.createDirectories(directory);
        NodeOptions options = GroupOptions.of(settings, directory);
        options.setFsm(machine);
        PeerId self = PeerAddresses.peer(settings.self());
        RaftGroupService starting = new RaftGroupService(name, self, options, rpcServer, true);
        service = starting;
        node = starting.start(false);
    }

    /** Stops the node and waits until its files are closed. */
    void stop() throws InterruptedException {
        RaftGroupService stopping = service;
        if (stopping != null && stopping.isStarted()) {
            stopping.shutdown();
            stopping.join();
        }
        node = null;
        service = null;
    }

    /** Asks the member that is furthest to lead instead of this one. */
    void giveUpLeadership(String because) {
        Node current = node;
        if (current == null || leaderTerm().isEmpty()) {
            return;
        }
        Status asked = current.transferLeadershipTo(PeerId.ANY_PEER);
        LOG.info("leadership-given-up group={} because=\"{}\" asked={}", name, because, asked);
    }

    /** The term this member leads in; empty when it does not lead. */
    Optional<Long> leaderTerm() {
        return node == null ? Optional.empty() : machine.leaderTerm();
    }

    /** Member address of the leader, as far as this member knows. */
    Optional<String> leader() {
        Node current = node;
        PeerId leader = current == null ? null : current.getLeaderId();
        return leader == null || leader.isEmpty()
                ? Optional.empty()
                : Optional.of(PeerAddresses.member(leader));
    }

    /** The group as this member sees it. */
    RaftView view() {
        Node current = node;
        if (current == null) {
            return new RaftView("", List.of(), 0);
        }
        PeerId leader = current.getLeaderId();
        return new RaftView(
                leader == null || leader.isEmpty() ? "" : leader.toString(),
                voters(current),
                machine.lastTerm());
    }

    /**
     * Who votes by the last configuration in the log. JRaft tells its state machine of changes
     * only, never of the configuration that a group begins or comes back with.
     */
    private static List<String> voters(Node node) {
        Configuration now = node instanceof NodeImpl core ? core.getCurrentConf() : null;
        return now == null
                ? List.of()
                : now.listPeers().stream().map(PeerId::toString).sorted().toList();
    }

    /** Index of the last entry applied here; 0 while stopped. */
    long appliedIndex() {
        Node current = node;
        return current == null ? 0 : current.getLastAppliedLogIndex();
    }

    Optional<Node> node() {
        return Optional.ofNullable(node);
    }

    /** Proposes an entry that is dropped unless this member still leads in {@code term}. */
    CompletableFuture<Proposal.Applied> propose(WriteRequest request, long term) {
        Node current = node;
        if (current == null) {
            WriteResult stopped = new WriteResult.NotNow("group " + name + " is stopped");
            return CompletableFuture.completedFuture(new Proposal.Applied(stopped, "", 0));
        }
        Proposal proposal = new Proposal();
        try {
            current.apply(new Task(ByteBuffer.wrap(LogEntries.encode(request)), proposal, term));
        } catch (IllegalStateException e) {
            // JRaft throws this while it shuts down, before the entry is queued.
            WriteResult stopping = new WriteResult.NotNow("group " + name + " is stopping");
            proposal.done().complete(new Proposal.Applied(stopping, "", 0));
        }
        return proposal.done();
    }

    /**
     * Completes with the index that was committed when a majority last confirmed the leader, after
     * this member's copy has come that far. Fails with {@link TimeoutException} when no majority
     * confirms within {@code timeout}.
     */
    CompletableFuture<Long> readIndex(Duration timeout) {
        CompletableFuture<Long> result = new CompletableFuture<>();
        attemptReadIndex(System.nanoTime() + timeout.toNanos(), PAUSE_MS, result);
        return result;
    }

    private void attemptReadIndex(
            long deadlineNanos, long pauseMs, CompletableFuture<Long> result) {
        long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (leftMs <= 0) {
            String what = "no majority of " + name + " answered in time";
            result.completeExceptionally(new TimeoutException(what));
            return;
        }
        Node current = node;
        if (current == null) {
            result.completeExceptionally(new IllegalStateException("group " + name + " stopped"));
            return;
        }
        ReadIndexClosure closure =
                new ReadIndexClosure(Math.min(leftMs, READ_INDEX_ATTEMPT_MS)) {
                    @Override
                    public void run(Status status, long index, byte[] context) {
                        if (status.isOk()) {
                            result.complete(index);
                        } else {
                            long nextPauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS);
                            later(
                                    () -> attemptReadIndex(deadlineNanos, nextPauseMs, result),
                                    pauseMs,
                                    result);
                        }
                    }
                };
        try {
            current.readIndex(new byte[0], closure);
        } catch (IllegalStateException e) {
            result.completeExceptionally(e);
        }
    }

    /** Completes when this member has applied {@code index}. */
    CompletableFuture<Void> awaitApplied(long index, Duration timeout) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        lookAtApplied(index, System.nanoTime() + timeout.toNanos(), result);
        return result;
    }

    private void lookAtApplied(long index, long deadlineNanos, CompletableFuture<Void> result) {
        long applied = appliedIndex();
        if (applied >= index) {
            result.complete(null);
        } else if (System.nanoTime() - deadlineNanos > 0) {
            String what = name + " applied " + applied + " of " + index + " in time";
            result.completeExceptionally(new TimeoutException(what));
        } else {
            later(() -> lookAtApplied(index, deadlineNanos, result), PAUSE_MS, result);
        }
    }

    private void later(Runnable step, long pauseMs, CompletableFuture<?> result) {
        try {
            timer.schedule(step, pauseMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new IllegalStateException("the member is stopping", e));
        }
    }
}
