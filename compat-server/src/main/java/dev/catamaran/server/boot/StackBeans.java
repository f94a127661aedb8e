package dev.catamaran.server.boot;

import dev.catamaran.judgement.Stack;
import dev.catamaran.server.member.HttpMemberClient;
import dev.catamaran.server.member.MemberReporter;
import dev.catamaran.server.member.MemberRoster;
import dev.catamaran.server.mirror.Mirror;
import dev.catamaran.server.ops.Readiness;
import dev.catamaran.server.stack.jraft.JRaftServer;
import dev.catamaran.server.stack.jraft.JRaftSettings;
import dev.catamaran.server.stack.legacy.LegacyStack;
import dev.catamaran.server.transition.JudgementLoop;
import dev.catamaran.server.transition.LegacyArchiver;
import dev.catamaran.server.transition.SealService;
import dev.catamaran.server.transition.TransitionGroup;
import dev.catamaran.server.transition.TransitionKeeper;
import dev.catamaran.server.transition.TransitionWatch;
import dev.catamaran.server.write.ReadView;
import dev.catamaran.server.write.WriteService;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Both stacks, and the order in which the parts of a member start. */
@Configuration(proxyBeanMethods = false)
class StackBeans {

    @Bean
    JRaftServer jraftServer(ServerSettings settings) {
        return new JRaftServer(
                JRaftSettings.of(
                        settings.home(),
                        settings.self(),
                        settings.planned(),
                        settings.jraftElectionTimeout()));
    }

    @Bean
    TransitionGroup transitionGroup(JRaftServer server) {
        return server.transition();
    }

    @Bean
    LegacyStack legacyStack(
            ServerSettings settings,
            HttpMemberClient client,
            TransitionWatch watch,
            MemberRoster roster) {
        return new LegacyStack(
                settings.legacy(), settings.home(), client, watch, roster::livingOurs);
    }

    @Bean
    Stacks stacks(LegacyStack legacy, JRaftServer jraft) {
        return new Stacks(Map.of(Stack.LEGACY, legacy, Stack.JRAFT, jraft.stack()));
    }

    @Bean
    LegacyArchiver legacyArchiver(TransitionWatch watch, LegacyStack legacy) {
        return new LegacyArchiver(watch, legacy::archive);
    }

    /** Nothing that waits for an answer of the transition starts before what gives it. */
    @Bean
    MemberLifecycle memberLifecycle(Raft raft, Work work) {
        return new MemberLifecycle(
                List.of(
                        work.client()::start,
                        work.seals()::start,
                        work.reads()::start,
                        work.writes()::start,
                        work.mirror()::start,
                        raft::startLegacy,
                        raft::startJRaft,
                        raft::startKeeper,
                        work.reads()::load,
                        work.loop()::start,
                        work.archiver()::start,
                        work.reporter()::start,
                        raft::keepVoters));
    }

    @Bean
    Raft raft(
            ServerSettings settings,
            LegacyStack legacy,
            JRaftServer jraft,
            TransitionKeeper keeper,
            MemberRoster roster,
            Readiness readiness,
            ScheduledExecutorService timer) {
        return new Raft(settings, legacy, jraft, keeper, roster, readiness, timer);
    }

    @Bean
    Work work(
            HttpMemberClient client,
            SealService seals,
            ReadView reads,
            WriteService writes,
            Mirror mirror,
            JudgementLoop loop,
            LegacyArchiver archiver,
            MemberReporter reporter) {
        return new Work(client, seals, reads, writes, mirror, loop, archiver, reporter);
    }

    /** What holds files and ports, and can fail to open them. */
    record Raft(
            ServerSettings settings,
            LegacyStack legacy,
            JRaftServer jraft,
            TransitionKeeper keeper,
            MemberRoster roster,
            Readiness readiness,
            ScheduledExecutorService timer) {

        private static final Logger LOG = LoggerFactory.getLogger(Raft.class);

        /** How often a member looks whether it can still do what a leader must. */
        private static final long LOOK_SECONDS = 1;

        /** Who joins a cluster that has decided must not take itself for one that never did. */
        private void startKeeper() {
            roster.onDecided(keeper::othersHaveDecided);
            roster.onUndecided(keeper::nobodyHasDecided);
            keeper.onNotSaved(this::letOthersLead);
            timer.scheduleWithFixedDelay(
                    this::lookAtOffices, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
            keeper.start();
        }

        /** One look that fails must not be the last. */
        private void lookAtOffices() {
            try {
                readiness.broken().ifPresent(this::letOthersLead);
            } catch (RuntimeException broken) {
                LOG.error("look-at-offices-failed because=\"{}\"", broken.toString(), broken);
            }
        }

        /** A leader that cannot learn or save the epoch would hold up the writes of all. */
        private void letOthersLead(String because) {
            legacy.giveUpLeadership(because);
            jraft.stack().giveUpLeadership(because);
            jraft.transition().giveUpLeadership(because);
        }

        private void keepVoters() {
            jraft.keepVoters(roster::agreedPlan);
        }

        private void startLegacy() {
            try {
                legacy.start();
            } catch (IOException e) {
                throw failure(e, "data/naming");
            }
        }

        private void startJRaft() {
            try {
                jraft.start(keeper);
            } catch (IOException e) {
                throw failure(e, "data/protocol/raft");
            }
        }

        private StartFailure failure(IOException failure, String directory) {
            return new StartFailure(
                    new Refusal(
                            String.valueOf(failure.getMessage()),
                            settings.home().resolve(directory).toString(),
                            "free the port or repair what the message names; logs/catamaran.log"
                                    + " may say more"));
        }
    }

    /** What only runs. */
    record Work(
            HttpMemberClient client,
            SealService seals,
            ReadView reads,
            WriteService writes,
            Mirror mirror,
            JudgementLoop loop,
            LegacyArchiver archiver,
            MemberReporter reporter) {}
}
