package dev.catamaran.server.transition;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;
import dev.catamaran.server.member.MemberClient;
import dev.catamaran.server.member.MemberDirectory;
import dev.catamaran.server.stack.StackPosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts up a fence: asks every member to seal the old primary until each of its groups has been
 * sealed by a leader that a majority confirmed after the fence was committed. Who leads a group
 * later must ask the transition group first, and then sees the fence.
 */
public final class SealCollector {

    private static final Logger LOG = LoggerFactory.getLogger(SealCollector.class);

    /** Path of the members' seal endpoint. */
    public static final String PATH = "/catamaran/v1/internal/seal";

    private static final Duration PAUSE = Duration.ofMillis(30);

    /** One member's part; a slow one must not use up the time of the fence. */
    private static final Duration ONE_MEMBER = Duration.ofMillis(600);

    private final MemberDirectory members;
    private final MemberClient client;
    private final SealService own;
    private final ScheduledExecutorService timer;
    private final JsonMapper json = JsonMapper.builder().build();

    /**
     * A collector.
     *
     * @param members whom to ask
     * @param client how to ask others
     * @param own this member's own part
     * @param timer wakes the next round; owned by the caller
     */
    public SealCollector(
            MemberDirectory members,
            MemberClient client,
            SealService own,
            ScheduledExecutorService timer) {
        this.members = requireNonNull(members, "members is null");
        this.client = requireNonNull(client, "client is null");
        this.own = requireNonNull(own, "own is null");
        this.timer = requireNonNull(timer, "timer is null");
    }

    /**
     * Seals {@code stack}.
     *
     * @param groups names of the stack's groups, all of which must be sealed
     * @param epoch epoch of the fence
     * @param everyone whether every member must have taken the fence, or only the groups' leaders
     * @return positions of all groups; fails when some group was not sealed within {@code timeout},
     *     naming it and what its members said
     */
    public CompletableFuture<StackPosition> seal(
            Stack stack, Set<String> groups, long epoch, boolean everyone, Duration timeout) {
        CompletableFuture<StackPosition> answer = new CompletableFuture<>();
        round(
                new Round(
                        stack,
                        groups,
                        epoch,
                        System.nanoTime() + timeout.toNanos(),
                        everyone
                                ? new ConcurrentSkipListSet<>(members.planned())
                                : new ConcurrentSkipListSet<>()),
                new TreeMap<>(),
                answer);
        return answer;
    }

    private void round(
            Round round, SortedMap<String, Long> sealed, CompletableFuture<StackPosition> answer) {
        long leftNanos = round.deadlineNanos() - System.nanoTime();
        if (leftNanos <= 0) {
            answer.completeExceptionally(
                    new IllegalStateException("not sealed in time: " + missing(round, sealed)));
            return;
        }
        Duration each = Duration.ofNanos(Math.min(leftNanos, ONE_MEMBER.toNanos()));
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        for (String address : members.planned()) {
            asked.add(
                    ask(address, round, each)
                            .handle(
                                    (position, failure) -> {
                                        if (failure == null) {
                                            synchronized (sealed) {
                                                sealed.putAll(position.groups());
                                                round.silent().remove(address);
                                            }
                                            finishIfAll(round, sealed, answer);
                                        } else {
                                            LOG.debug("seal-failed member={}", address, failure);
                                            if (round.needs(address) && notSent(failure)) {
                                                answer.completeExceptionally(
                                                        new IllegalStateException(
                                                                address + " is not reached"));
                                            }
                                        }
                                        return null;
                                    }));
        }
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .whenComplete(
                        (done, failure) -> {
                            if (!answer.isDone()) {
                                timer.schedule(
                                        () -> round(round, sealed, answer),
                                        PAUSE.toMillis(),
                                        TimeUnit.MILLISECONDS);
                            }
                        });
    }

    private static boolean notSent(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof MemberClient.NotSentException
                || failure instanceof MemberClient.NotSentException;
    }

    private static void finishIfAll(
            Round round, SortedMap<String, Long> sealed, CompletableFuture<StackPosition> answer) {
        if (missing(round, sealed).isEmpty()) {
            synchronized (sealed) {
                answer.complete(new StackPosition(sealed));
            }
        }
    }

    private static Set<String> missing(Round round, SortedMap<String, Long> sealed) {
        synchronized (sealed) {
            Set<String> missing = new TreeSet<>(round.groups());
            missing.removeAll(sealed.keySet());
            missing.addAll(round.silent());
            return missing;
        }
    }

    private CompletableFuture<StackPosition> ask(String address, Round round, Duration timeout) {
        if (address.equals(members.self())) {
            return own.seal(round.stack(), round.epoch(), timeout);
        }
        SealRequest request =
                new SealRequest(round.stack(), round.epoch(), Math.max(1, timeout.toMillis()));
        return client.send(
                        "POST",
                        address,
                        PATH,
                        "application/json",
                        json.writeValueAsString(request).getBytes(StandardCharsets.UTF_8),
                        timeout.plus(PAUSE))
                .thenApply(
                        response -> {
                            if (response.status() != 200) {
                                throw new IllegalStateException(response.text());
                            }
                            return json.readValue(response.body(), StackPosition.class);
                        });
    }

    /**
     * What one member is asked.
     *
     * @param stack the stack to seal
     * @param epoch epoch of the fence
     * @param timeoutMs how long the member may take
     */
    public record SealRequest(Stack stack, long epoch, long timeoutMs) {}

    private record Round(
            Stack stack, Set<String> groups, long epoch, long deadlineNanos, Set<String> silent) {

        private boolean needs(String address) {
            return silent.contains(address);
        }
    }
}
