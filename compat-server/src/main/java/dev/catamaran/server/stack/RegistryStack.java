package dev.catamaran.server.stack;

import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.convert.LossReport;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.records.RegistryCommand;
import dev.catamaran.registry.records.ServiceKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One of the two stores, seen from any member. Implementations never block the caller, never throw
 * for what a peer or the network did (that is a {@link WriteResult} or a failed future), and never
 * report {@link WriteResult.NotNow} for a command that may still be executed.
 */
public interface RegistryStack {

    /** Which of the two this is. */
    Stack stack();

    /**
     * Carries a command to the stack's leader, which checks {@code origin} against the epoch and
     * phase <em>it</em> has applied and confirmed since it became leader: a client's write is taken
     * only while this stack is the primary, a mirror's only while this stack is the mirror's target
     * or the fence drains into it.
     */
    CompletableFuture<WriteResult> submit(RegistryCommand command, WriteOrigin origin);

    /** This member's copy, an immutable snapshot; may trail the leader's. */
    RegistryTable table();

    /**
     * Whether {@link #table()} shows all that this member's copy holds; false while some of it
     * cannot be decoded. What is absent from an incomplete table is not known to be absent.
     */
    default boolean complete() {
        return true;
    }

    /**
     * Why this member takes no part in the stack until somebody helps, as after a full disk; empty
     * while it does, elections included.
     */
    default Optional<String> broken() {
        return Optional.empty();
    }

    /**
     * What operators have set for single instances, where a stack keeps that apart from what was
     * registered. No part of {@link #table()}, and not mirrored: whoever copies reports it.
     */
    default Collection<OverrideRecord> overrides() {
        return List.of();
    }

    /**
     * Records on this member's disk that the stack cannot hold, and that are therefore in no table:
     * whoever copies reports them.
     */
    default LossReport leftBehind() {
        return LossReport.NONE;
    }

    /**
     * Completes when this member's copy holds everything that was committed before the call, as
     * confirmed by the leader with a majority.
     */
    CompletableFuture<StackPosition> barrier(Duration timeout);

    /** Completes when this member's copy has come at least as far as {@code position}. */
    CompletableFuture<Void> awaitPosition(StackPosition position, Duration timeout);

    /**
     * For the groups of this stack that <em>this member</em> leads: takes no write of an epoch
     * below {@code epoch} any more, neither a client's nor a mirror's, waits until those in flight
     * have ended, confirms its leadership with a majority, and completes with the positions
     * reached. Groups led by others are absent from the answer. Called on every member while the
     * fence is up; may be called twice.
     */
    CompletableFuture<StackPosition> seal(long epoch, Duration timeout);

    /**
     * Gives up whatever this member leads in this stack, where there is another one to lead it. It
     * may be elected again; whoever cannot lead for a time calls this again and again. Returns at
     * once.
     *
     * @param because what the log says of it
     */
    void giveUpLeadership(String because);

    /** Calls {@code listener} with the service of every change that this member's copy applied. */
    void onChange(Consumer<ServiceKey> listener);

    /** What an operator may know. */
    StackStatus status();
}
