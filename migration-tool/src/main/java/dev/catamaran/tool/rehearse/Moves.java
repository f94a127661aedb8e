package dev.catamaran.tool.rehearse;

import dev.catamaran.judgement.Phase;
import dev.catamaran.tool.history.Call;
import dev.catamaran.tool.history.History;
import dev.catamaran.tool.history.Outcome;
import dev.catamaran.tool.members.ClusterStatus;
import dev.catamaran.tool.members.MemberApi;
import dev.catamaran.tool.members.MemberProcess;
import dev.catamaran.tool.plan.Step;
import dev.catamaran.tool.report.Timeline;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is done to the members: started, killed, ordered. */
final class Moves {

    private static final long MOVE_LIMIT_MS = 120_000;
    private static final long WRITES_LIMIT_MS = 45_000;

    /** Long enough for the others to notice that it is gone. */
    private static final long DOWN_MS = 1_500;

    private static final long ASK_AGAIN_MS = 250;
    private static final int ENOUGH_WRITES = 5;
    private static final long MS = 1_000_000;

    private final Cluster cluster;
    private final Waiting waiting;
    private final Observations seen;
    private final History history;
    private final long dwellMs;
    private int turn;

    Moves(Cluster cluster, Waiting waiting, Observations seen, History history, long dwellMs) {
        this.cluster = cluster;
        this.waiting = waiting;
        this.seen = seen;
        this.history = history;
        this.dwellMs = dwellMs;
    }

    /** Starts all members at once. */
    void startAll() throws StepFailed {
        long startNs = seen.nowNs();
        for (MemberProcess member : cluster.fleet().members()) {
            cluster.start(member);
        }
        for (MemberProcess member : cluster.fleet().members()) {
            cluster.awaitReady(member, startNs);
        }
    }

    /** Waits until writes are acknowledged from now on. */
    void awaitWrites() throws StepFailed {
        int from = history.size();
        waiting.until(
                ENOUGH_WRITES + " acknowledged writes",
                WRITES_LIMIT_MS,
                () -> {
                    long done =
                            history.since(from).stream()
                                    .filter(Moves::isAcknowledged)
                                    .limit(ENOUGH_WRITES)
                                    .count();
                    return done < ENOUGH_WRITES
                            ? Optional.of("only " + done + " were")
                            : Optional.empty();
                });
    }

    private static boolean isAcknowledged(Call call) {
        return call instanceof Call.Write write && write.outcome() == Outcome.ACKNOWLEDGED;
    }

    /** Ends a member and starts it again. */
    String kill(Step.Victim victim) throws StepFailed {
        waiting.rest(dwellMs);
        MemberProcess member =
                switch (victim) {
                    case PRIMARY_LEADER -> cluster.leader();
                    case FOLLOWER -> leastKilled(cluster.followers());
                };
        kill(member);
        awaitWrites();
        waiting.rest(DOWN_MS);
        long startNs = seen.nowNs();
        cluster.startAndAwait(member);
        long tookMs = (seen.nowNs() - startNs) / MS;
        awaitWrites();
        return member.address() + " killed, served again after " + tookMs + " ms";
    }

    private void kill(MemberProcess member) {
        member.kill();
        seen.mark(Timeline.Mark.Kind.KILL, "kill " + port(member));
    }

    private static String port(MemberProcess member) {
        return member.address().substring(member.address().indexOf(':'));
    }

    /** So that over the phases every member has its turn. */
    private static MemberProcess leastKilled(List<MemberProcess> members) {
        return members.stream()
                .min(Comparator.comparingInt(MemberProcess::starts))
                .orElseThrow(() -> new IllegalArgumentException("no members"));
    }

    private MemberProcess next(List<MemberProcess> members) {
        turn++;
        return members.get(turn % members.size());
    }

    /** Orders the cluster into a phase until it is there; a refused order is given again. */
    String move(Step.Move move) throws StepFailed {
        seen.mark(Timeline.Mark.Kind.ORDER, move.to().name());
        Ordering ordering = new Ordering(move);
        waiting.until(move.to() + " decided", MOVE_LIMIT_MS, ordering::push);
        ordering.restartKilled();
        cluster.awaitPhase(move.to(), MOVE_LIMIT_MS);
        awaitWrites();
        return ordering.story();
    }

    /** One move under way. */
    private final class Ordering {

        private final Step.Move move;
        private int orders;
        private int fallBacks;
        private boolean fenced;
        private boolean killedInFence;
        private String refusal = "";
        private @Nullable MemberProcess killed;

        Ordering(Step.Move move) {
            this.move = move;
        }

        /** Looks where the cluster is and orders if need be; empty when it is there. */
        Optional<String> push() throws StepFailed {
            Optional<ClusterStatus> status = cluster.newest();
            if (status.isEmpty()) {
                return Optional.of("no member answers");
            }
            Phase phase = status.get().phase();
            if (phase == move.to() && (!move.killLeader() || killed != null)) {
                return Optional.empty();
            }
            if (phase == Phase.FENCED) {
                fenced = true;
                return Optional.of("the fence is up");
            }
            if (fenced) {
                fenced = false;
                fallBacks++;
            }
            // a switch wants every member present: one that fell back waits for the killed one
            restartKilled();
            order();
            return Optional.of(refusal.isEmpty() ? "the phase is " + phase : refusal);
        }

        void restartKilled() throws StepFailed {
            MemberProcess dead = killed;
            if (dead != null && !dead.isAlive()) {
                cluster.startAndAwait(dead);
            }
        }

        private void order() throws StepFailed {
            boolean killNow = move.killLeader() && killed == null;
            Optional<MemberProcess> leader =
                    killNow ? Optional.of(cluster.leader()) : Optional.empty();
            MemberProcess asked =
                    next(
                            cluster.fleet().members().stream()
                                    .filter(MemberProcess::isAlive)
                                    .filter(member -> !leader.equals(Optional.of(member)))
                                    .toList());
            orders++;
            CompletableFuture<MemberApi.Reply> reply =
                    CompletableFuture.supplyAsync(() -> send(asked));
            leader.ifPresent(member -> killWhenFenced(member, asked, reply));
            MemberApi.Reply answer = reply.join();
            fenced |= answer.isOk() && move.isSwitch();
            refusal = answer.isOk() ? "" : answer.status() + " " + answer.text();
            if (!answer.isOk()) {
                waiting.rest(ASK_AGAIN_MS);
            }
        }

        private MemberApi.Reply send(MemberProcess asked) {
            try {
                boolean confirm = move.to() == Phase.FINALIZED;
                return cluster.api().order(asked.address(), move.to(), confirm);
            } catch (IOException e) {
                return new MemberApi.Reply(0, "no answer to the order: " + e.getMessage());
            }
        }

        /** Kills {@code leader} when the fence is seen, or the order was taken before it was. */
        private void killWhenFenced(
                MemberProcess leader,
                MemberProcess asked,
                CompletableFuture<MemberApi.Reply> reply) {
            while (!reply.isDone()) {
                Optional<ClusterStatus> status = cluster.status(asked.address());
                if (status.map(ClusterStatus::phase).equals(Optional.of(Phase.FENCED))) {
                    killedInFence = true;
                    kill(leader);
                    killed = leader;
                    return;
                }
            }
            if (reply.join().isOk()) {
                kill(leader);
                killed = leader;
            }
        }

        String story() {
            String story = orders == 1 ? "ordered once" : "ordered " + orders + " times";
            if (fallBacks > 0) {
                story += ", the fence fell back " + fallBacks + " times";
            }
            if (killed != null) {
                story +=
                        ", killed "
                                + killed.address()
                                + (killedInFence ? " while fenced" : " right after the order");
            }
            return story;
        }
    }
}
