package dev.catamaran.tool.rehearse;

import dev.catamaran.judgement.Phase;
import dev.catamaran.tool.members.ClusterStatus;
import dev.catamaran.tool.members.Fleet;
import dev.catamaran.tool.members.MemberApi;
import dev.catamaran.tool.members.MemberProcess;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The members together: what they say of themselves, and what is waited for. */
final class Cluster {

    /** A member aims at 10 s; a machine under load gets more before the step fails. */
    private static final long READY_LIMIT_MS = 45_000;

    private final Fleet fleet;
    private final MemberApi api;
    private final Waiting waiting;
    private final Observations seen;

    Cluster(Fleet fleet, MemberApi api, Waiting waiting, Observations seen) {
        this.fleet = fleet;
        this.api = api;
        this.waiting = waiting;
        this.seen = seen;
    }

    Fleet fleet() {
        return fleet;
    }

    MemberApi api() {
        return api;
    }

    /** The member's status; empty if it does not answer. */
    Optional<ClusterStatus> status(String address) {
        try {
            return Optional.of(api.status(address));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Of all answers the one with the highest epoch. */
    Optional<ClusterStatus> newest() {
        return fleet.members().stream()
                .filter(MemberProcess::isAlive)
                .map(member -> status(member.address()))
                .flatMap(Optional::stream)
                .max(Comparator.comparingLong(ClusterStatus::epoch));
    }

    /** Starts the member and waits until it serves and knows what the others know. */
    void startAndAwait(MemberProcess member) throws StepFailed {
        long startNs = seen.nowNs();
        start(member);
        awaitReady(member, startNs);
    }

    /** Starts the member's process. */
    void start(MemberProcess member) throws StepFailed {
        try {
            member.start();
        } catch (IOException e) {
            throw new StepFailed("cannot start " + member.address() + ": " + e.getMessage());
        }
    }

    /** Waits until the member, started at {@code startNs}, serves. */
    void awaitReady(MemberProcess member, long startNs) throws StepFailed {
        waiting.until(
                member.address() + " ready",
                READY_LIMIT_MS,
                () -> {
                    if (!member.isAlive()) {
                        throw new StepFailed(
                                member.address() + " ended by itself:\n" + member.lastLines());
                    }
                    return notReady(member.address());
                });
        seen.ready(member, startNs);
    }

    private Optional<String> notReady(String address) {
        Optional<ClusterStatus> own = status(address);
        if (own.isEmpty()) {
            return Optional.of("does not answer");
        }
        if (!own.get().ready()) {
            return Optional.of("says it is not ready");
        }
        long newest = newest().map(ClusterStatus::epoch).orElse(0L);
        return own.get().epoch() < newest
                ? Optional.of("is at epoch " + own.get().epoch() + " of " + newest)
                : Optional.empty();
    }

    /** The members that do not lead the primary stack. */
    List<MemberProcess> followers() throws StepFailed {
        String leader = leader().address();
        return fleet.members().stream().filter(member -> !member.address().equals(leader)).toList();
    }

    /** The member that leads the primary stack; waits for one. */
    MemberProcess leader() throws StepFailed {
        waiting.until(
                "a leader of the primary stack",
                READY_LIMIT_MS,
                () ->
                        newest().map(ClusterStatus::primaryLeader).orElse("").isEmpty()
                                ? Optional.of("no member names one")
                                : Optional.empty());
        String address = newest().map(ClusterStatus::primaryLeader).orElse("");
        return fleet.members().stream()
                .filter(member -> member.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new StepFailed("the leader is no member: " + address));
    }

    /** Waits until every member says it is in {@code phase}. */
    void awaitPhase(Phase phase, long limitMs) throws StepFailed {
        waiting.until(
                phase + " on every member",
                limitMs,
                () ->
                        fleet.addresses().stream()
                                .filter(
                                        address ->
                                                status(address)
                                                        .filter(s -> s.phase() == phase)
                                                        .isEmpty())
                                .findFirst()
                                .map(address -> address + " is not there yet"));
    }
}
