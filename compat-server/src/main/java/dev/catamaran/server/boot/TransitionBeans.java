package dev.catamaran.server.boot;

import dev.catamaran.judgement.Judge;
import dev.catamaran.judgement.JudgeSettings;
import dev.catamaran.judgement.JudgeSettings.DowngradePolicy;
import dev.catamaran.judgement.JudgeSettings.UpgradePolicy;
import dev.catamaran.registry.reconcile.ReconcileLimits;
import dev.catamaran.server.member.HttpMemberClient;
import dev.catamaran.server.member.MemberRoster;
import dev.catamaran.server.mirror.Mirror;
import dev.catamaran.server.ops.DeleteConfirmation;
import dev.catamaran.server.ops.FinalizeSwitch;
import dev.catamaran.server.ops.Leadership;
import dev.catamaran.server.ops.Preflight;
import dev.catamaran.server.ops.StatusReport;
import dev.catamaran.server.ops.UpgradeMetrics;
import dev.catamaran.server.transition.AgreedSettings;
import dev.catamaran.server.transition.Decider;
import dev.catamaran.server.transition.EvidenceSource;
import dev.catamaran.server.transition.FenceRunner;
import dev.catamaran.server.transition.JudgementLoop;
import dev.catamaran.server.transition.SavedState;
import dev.catamaran.server.transition.SealCollector;
import dev.catamaran.server.transition.SealService;
import dev.catamaran.server.transition.StateFile;
import dev.catamaran.server.transition.TransitionGroup;
import dev.catamaran.server.transition.TransitionKeeper;
import dev.catamaran.server.transition.TransitionWatch;
import dev.catamaran.server.write.ReadView;
import dev.catamaran.server.write.WriteService;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way of a write, the mirror, and everything round the judge. */
@Configuration(proxyBeanMethods = false)
class TransitionBeans {

    @Bean
    TransitionKeeper transitionKeeper(
            ServerSettings settings, TransitionGroup group, StartChecks.Outcome.Ready ready) {
        StateFile file = new StateFile(settings.home(), settings.self());
        return new TransitionKeeper(group, file::save, saved(ready.saved()));
    }

    /** A real server's own file says nothing of our transition: this home never took part. */
    private static SavedState saved(StateFile.Reading reading) {
        if (reading instanceof StateFile.Reading.Present present) {
            return new SavedState.Present(present.state());
        }
        if (reading instanceof StateFile.Reading.Torn torn) {
            return new SavedState.Lost(torn.because());
        }
        return new SavedState.Absent();
    }

    @Bean
    ReadView readView(Stacks stacks, TransitionWatch watch, ScheduledExecutorService timer) {
        return new ReadView(stacks.byId(), watch, timer);
    }

    @Bean
    WriteService writeService(
            Stacks stacks,
            TransitionWatch watch,
            ScheduledExecutorService timer,
            ServerSettings settings) {
        return new WriteService(stacks.byId(), watch, timer, settings.writeHold());
    }

    @Bean
    Mirror mirror(Stacks stacks, ServerSettings settings) {
        return new Mirror(stacks.byId(), ReconcileLimits.DEFAULT, settings.fullPassInterval());
    }

    @Bean
    SealService sealService(Stacks stacks, TransitionWatch watch) {
        return new SealService(stacks.byId(), watch);
    }

    @Bean
    EvidenceSource evidenceSource(MemberRoster roster, Mirror mirror, TransitionWatch watch) {
        return new EvidenceSource(roster, mirror, watch);
    }

    @Bean
    AgreedSettings agreedSettings(ServerSettings settings, MemberRoster roster) {
        JudgeSettings all = configured(settings);
        JudgeSettings byOrder = all.byOrderOnly();
        return () -> roster.otherPolicies().isEmpty() ? all : byOrder;
    }

    /** What the judge would go by if all members were told the same. */
    static JudgeSettings configured(ServerSettings settings) {
        JudgeSettings judged =
                JudgeSettings.DEFAULTS
                        .withTimes(
                                settings.reportInterval().toMillis(),
                                settings.fenceLimit().toMillis())
                        .withPolicies(
                                UpgradePolicy.valueOf(
                                        settings.upgradePolicy().toUpperCase(Locale.ROOT)),
                                DowngradePolicy.valueOf(
                                        settings.downgradePolicy().toUpperCase(Locale.ROOT)));
        return settings.targetVersion().map(judged::withTargetVersion).orElse(judged);
    }

    @Bean
    FenceRunner fenceRunner(
            Stacks stacks,
            MemberRoster roster,
            HttpMemberClient client,
            SealService seals,
            ScheduledExecutorService timer,
            Mirror mirror) {
        return new FenceRunner(
                stacks.byId(), new SealCollector(roster, client, seals, timer), mirror);
    }

    @Bean
    JudgementLoop judgementLoop(
            TransitionGroup group,
            EvidenceSource evidence,
            Mirror mirror,
            FenceRunner fences,
            Decider judge,
            AgreedSettings settings) {
        return new JudgementLoop(group, evidence, mirror, fences, judge, settings);
    }

    @Bean
    Decider judge() {
        return Judge::step;
    }

    @Bean
    DeleteConfirmation deleteConfirmation(
            TransitionGroup group, Leadership leadership, Mirror mirror) {
        return new DeleteConfirmation(group, leadership, mirror);
    }

    @Bean
    Leadership leadership(
            TransitionGroup group,
            JudgementLoop loop,
            EvidenceSource evidence,
            AgreedSettings settings,
            HttpMemberClient client) {
        return new Leadership(group, loop, evidence, settings, client);
    }

    @Bean
    StatusReport statusReport(
            MemberRoster roster,
            TransitionWatch watch,
            TransitionGroup group,
            Stacks stacks,
            Mirror mirror,
            ReadView reads,
            WriteService writes) {
        return new StatusReport(roster, watch, group, stacks.byId(), mirror, reads, writes);
    }

    @Bean
    Preflight preflight(MemberRoster roster, ServerSettings settings) {
        return new Preflight(roster, settings.identity().isPresent(), roster::otherPolicies);
    }

    @Bean
    UpgradeMetrics upgradeMetrics(MemberRoster roster, TransitionWatch watch, Stacks stacks) {
        return new UpgradeMetrics(roster, watch, stacks.byId());
    }

    @Bean
    FinalizeSwitch finalizeSwitch(
            Leadership leadership,
            TransitionWatch watch,
            ScheduledExecutorService timer,
            ServerSettings settings) {
        return new FinalizeSwitch(leadership, watch, timer, settings.fenceLimit());
    }

    @Bean
    ReadyNote readyNote(
            ServerSettings settings,
            StatusReport report,
            TransitionWatch watch,
            ScheduledExecutorService timer,
            MemberApplication.StartTime started) {
        return new ReadyNote(settings, report, watch, timer, started);
    }
}
