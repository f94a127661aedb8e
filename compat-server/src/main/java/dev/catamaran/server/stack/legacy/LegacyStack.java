package dev.catamaran.server.stack.legacy;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;
import dev.catamaran.legacyraft.core.Beat;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Event;
import dev.catamaran.legacyraft.core.MemberState;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.store.FileLegacyStore;
import dev.catamaran.legacyraft.wire.CommitForm;
import dev.catamaran.registry.convert.LossReport;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.server.member.MemberClient;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.stack.StackStatus;
import dev.catamaran.server.stack.WriteOrigin;
import dev.catamaran.server.stack.WriteResult;
import dev.catamaran.server.transition.TransitionView;
import dev.catamaran.server.transition.TransitionWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The 1.x stack of this member. Commands travel to the leader, which makes datums of them; reads
 * come from this member's copy. Start it once, close it once; {@link #archive} ends it for good.
 */
public final class LegacyStack implements RegistryStack, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyStack.class);

    /** Name of the one group in positions and in the status. */
    public static final String GROUP = "legacy";

    /** Longest a member's message waits for its answer here. */
    private static final long REPLY_MS = 8_000;

    /** Longest wait for the last changes of the mirror before the files are archived. */
    private static final Duration LAST_CHANGES = Duration.ofSeconds(3);

    private final LegacySettings settings;
    private final FileLegacyStore store;
    private final TransitionWatch watch;
    private final LegacyTable table = new LegacyTable();
    private final RaftLoop loop;
    private final RaftCalls calls;
    private final LeaderDesk desk;
    private final LeaderLine line;
    private final RealLeaderWriter besideReal;
    private final Supplier<List<String>> ours;

    /**
     * A stack; touches nothing before {@link #start()}.
     *
     * @param settings addresses and waits
     * @param home the home directory
     * @param client calls to other members
     * @param watch what this member knows of the transition
     * @param ours members of ours that are heard now, sorted, self included
     */
    public LegacyStack(
            LegacySettings settings,
            Path home,
            MemberClient client,
            TransitionWatch watch,
            Supplier<List<String>> ours) {
        this.settings = requireNonNull(settings, "settings is null");
        this.store = new FileLegacyStore(home);
        this.watch = requireNonNull(watch, "watch is null");
        this.loop = new RaftLoop(settings, store, new Inside());
        this.calls = new RaftCalls(client, loop::post);
        boolean oneByOne = settings.rules() == LegacySettings.Rules.SHARED;
        this.desk = new LeaderDesk(loop, table, watch, oneByOne);
        this.line = new LeaderLine(client);
        this.besideReal = new RealLeaderWriter(loop, client, line, watch);
        this.ours = requireNonNull(ours, "ours is null");
    }

    /** Reads the home and takes part from now on; throws when the home cannot be read. */
    public void start() throws IOException {
        loop.start(watch.view().upgrade().epoch());
        watch.onChange(view -> loop.post(new Event.EpochApplied(view.upgrade().epoch())));
        // a move between the two lines above
        loop.post(new Event.EpochApplied(watch.view().upgrade().epoch()));
    }

    @Override
    public Stack stack() {
        return Stack.LEGACY;
    }

    @Override
    public CompletableFuture<WriteResult> submit(RegistryCommand command, WriteOrigin origin) {
        Optional<String> leader = leader();
        if (leader.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new WriteResult.NotNow("the legacy raft has no leader that is known here"));
        }
        if (leader.get().equals(settings.self())) {
            return desk.submit(command, origin).thenApply(CommandForm.Result::result);
        }
        if (followsReal()) {
            return submitBesideReal(leader.get(), command, origin);
        }
        return line.submit(leader.get(), command, origin).thenCompose(this::seenHere);
    }

    private boolean followsReal() {
        return loop.state().filter(MemberState::followsReal).isPresent();
    }

    /** One of ours for each service writes for all, so that ours do not overwrite each other. */
    private CompletableFuture<WriteResult> submitBesideReal(
            String leader, RegistryCommand command, WriteOrigin origin) {
        List<String> living = ours.get();
        int place = command.service().toString().hashCode();
        String writer =
                living.isEmpty()
                        ? settings.self()
                        : living.get(Math.floorMod(place, living.size()));
        if (writer.equals(settings.self())) {
            return besideReal.submit(leader, command, origin).thenApply(CommandForm.Result::result);
        }
        return line.submit(writer, command, origin).thenApply(CommandForm.Result::result);
    }

    /** Waits a little for this member's copy, so that its clients see what they wrote. */
    private CompletableFuture<WriteResult> seenHere(CommandForm.Result result) {
        if (!(result.result() instanceof WriteResult.Done) || result.position() == 0) {
            return CompletableFuture.completedFuture(result.result());
        }
        return awaitPacked(result.position(), Duration.ofMillis(500))
                .handle((done, failure) -> result.result());
    }

    @Override
    public boolean complete() {
        return table.unreadable().isEmpty();
    }

    @Override
    public LossReport leftBehind() {
        return store.leftBehind();
    }

    @Override
    public RegistryTable table() {
        return table.table();
    }

    /** Services whose datums cannot be read: {@link #table()} is not complete. */
    public java.util.Set<ServiceKey> unreadable() {
        return table.unreadable();
    }

    @Override
    public CompletableFuture<StackPosition> barrier(Duration timeout) {
        Optional<String> leader = leader();
        if (leader.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("the legacy raft has no leader that is known here"));
        }
        if (followsReal()) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException(
                            "a real server leads the legacy raft: " + leader.get()));
        }
        CompletableFuture<Long> reached =
                leader.get().equals(settings.self())
                        ? desk.confirm(timeout)
                        : line.barrier(leader.get(), timeout);
        return reached.thenCompose(
                packed -> awaitPacked(packed, timeout).thenApply(done -> position(packed)));
    }

    @Override
    public CompletableFuture<Void> awaitPosition(StackPosition position, Duration timeout) {
        Long packed = position.groups().get(GROUP);
        return packed == null
                ? CompletableFuture.completedFuture(null)
                : awaitPacked(packed, timeout);
    }

    private CompletableFuture<Void> awaitPacked(long packed, Duration timeout) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        loop.run(() -> loop.await(packed, reached));
        return reached.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletableFuture<StackPosition> seal(long epoch, Duration timeout) {
        return desk.seal(epoch, timeout)
                .thenApply(packed -> packed.map(LegacyStack::position).orElse(StackPosition.NONE));
    }

    @Override
    public void giveUpLeadership(String because) {
        loop.post(new Event.LeadershipGivenUp(because));
    }

    @Override
    public void onChange(Consumer<ServiceKey> listener) {
        table.onChange(requireNonNull(listener, "listener is null"));
    }

    @Override
    public StackStatus status() {
        TreeMap<String, String> leaders = new TreeMap<>();
        leaders.put(GROUP, leader().orElse(""));
        return new StackStatus(leaders, leader().isPresent(), detail());
    }

    @Override
    public Optional<String> broken() {
        return loop.state().isEmpty() ? Optional.of(loop.whyStopped()) : Optional.empty();
    }

    private String detail() {
        Optional<MemberState> state = loop.state();
        if (state.isEmpty()) {
            return "does not run: " + loop.whyStopped();
        }
        if (state.get().held().damaged()) {
            return "datums of this member could not be read and were set aside in"
                    + " data/catamaran/quarantine; it cannot lead until a leader has sent them"
                    + " again";
        }
        String at =
                followsReal()
                        ? "follows a real server; overwritten by others and written again "
                                + besideReal.repairs()
                                + " times"
                        : "position " + state.get().reached();
        return table.unreadable().isEmpty()
                ? at
                : "cannot be read as records: " + table.unreadable();
    }

    /** Ends the legacy stack of a finalized cluster: stops the raft and archives its files. */
    public CompletableFuture<Void> archive(TransitionView last) {
        CompletableFuture<Void> archived = new CompletableFuture<>();
        barrier(LAST_CHANGES)
                .whenComplete(
                        (position, failure) ->
                                loop.run(() -> archive(last.upgrade().epoch(), archived)));
        return archived;
    }

    private void archive(long epoch, CompletableFuture<Void> archived) {
        loop.stop();
        try {
            store.archive(epoch)
                    .ifPresent(folder -> LOG.info("legacy-files-archived folder={}", folder));
            archived.complete(null);
        } catch (IOException e) {
            archived.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        loop.close();
    }

    /** Address of the leader this member follows or is. */
    public Optional<String> leader() {
        return loop.state().flatMap(MemberState::leader);
    }

    /** What the raft holds now; empty while it does not run. */
    public Optional<MemberState> state() {
        return loop.state();
    }

    /** Whether an address is that of a member of the raft. */
    public boolean isMember(String address) {
        return settings.members().contains(address);
    }

    /** By which rules its raft plays. */
    public LegacySettings.Rules rules() {
        return settings.rules();
    }

    /** Writes that real servers had overwritten and that this member wrote again. */
    public long writtenAgain() {
        return besideReal.repairs();
    }

    /** An operator wants deleted what a leader's beats do not list any more. */
    public void allowDeletes() {
        loop.post(new Event.DeletesAllowed());
    }

    /** A candidate's vote, from another member. */
    public CompletableFuture<RaftReply> onVote(RaftPeer candidate) {
        return bounded(loop.ask(id -> new Event.VoteAsked(id, candidate)));
    }

    /** A leader's beat, from another member. */
    public CompletableFuture<RaftReply> onBeat(Beat beat) {
        return bounded(loop.ask(id -> new Event.BeatArrived(id, beat)));
    }

    /** A leader's change, from another member. */
    public CompletableFuture<RaftReply> onCommit(CommitForm.Commit commit) {
        return bounded(
                loop.ask(id -> new Event.CommitArrived(id, commit.source(), commit.change())));
    }

    /** A command another member carried here because this one writes it; the answer as JSON. */
    public CompletableFuture<RaftReply> onCommand(byte[] body) {
        return LeaderDesk.onCommand(
                body,
                (command, origin) -> {
                    Optional<String> leader = leader();
                    return leader.isPresent() && followsReal()
                            ? besideReal.submit(leader.get(), command, origin)
                            : desk.submit(command, origin);
                });
    }

    /** A proof of leadership for another member's barrier; the position as text. */
    public CompletableFuture<RaftReply> onBarrier(Duration timeout) {
        return desk.confirm(timeout)
                .handle(
                        (packed, failure) ->
                                failure == null
                                        ? new RaftReply(200, Long.toString(packed))
                                        : new RaftReply(503, String.valueOf(failure.getMessage())));
    }

    /** A datum as an old tool writes it ({@code POST} and {@code DELETE /datum}). */
    public CompletableFuture<RaftReply> onDatum(String key, Optional<String> value) {
        Optional<String> leader = leader();
        if (leader.isPresent() && !leader.get().equals(settings.self())) {
            return line.datum(leader.get(), key, value, followsReal());
        }
        return desk.onDatum(key, value);
    }

    private static CompletableFuture<RaftReply> bounded(CompletableFuture<RaftReply> reply) {
        return reply.completeOnTimeout(
                new RaftReply(500, "caused: not answered in time;"),
                REPLY_MS,
                TimeUnit.MILLISECONDS);
    }

    private static StackPosition position(long packed) {
        TreeMap<String, Long> groups = new TreeMap<>();
        groups.put(GROUP, packed);
        return new StackPosition(groups);
    }

    private final class Inside implements RaftLoop.Outside {
        @Override
        public void perform(Effect effect) {
            if (effect instanceof Effect.Changed changed) {
                loop.state().ifPresent(now -> table.update(now.held(), changed.keys()));
            } else if (effect instanceof Effect.LeadershipReady ready) {
                desk.onReady(ready.ballot());
            } else {
                calls.send(effect);
            }
        }

        @Override
        public void opened(MemberState state) {
            table.load(state.held());
        }
    }
}
