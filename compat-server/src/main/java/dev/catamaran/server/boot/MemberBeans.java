package dev.catamaran.server.boot;

import dev.catamaran.server.boot.ServerSettings.Identity;
import dev.catamaran.server.member.HttpMemberClient;
import dev.catamaran.server.member.MemberReporter;
import dev.catamaran.server.member.MemberRoster;
import dev.catamaran.server.member.Membership;
import dev.catamaran.server.member.SelfFacts;
import dev.catamaran.server.ops.Readiness;
import dev.catamaran.server.stack.jraft.JRaftServer;
import dev.catamaran.server.transition.TransitionGroup;
import dev.catamaran.server.transition.TransitionView;
import dev.catamaran.server.transition.TransitionWatch;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who is in the cluster and how members reach each other. */
@Configuration(proxyBeanMethods = false)
class MemberBeans {

    /** Timers only hand work on; none of it blocks. */
    private static final int TIMER_THREADS = 2;

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService timer() {
        return Executors.newScheduledThreadPool(
                TIMER_THREADS,
                task -> {
                    Thread made = new Thread(task, "timer");
                    made.setDaemon(true);
                    return made;
                });
    }

    @Bean
    HttpMemberClient memberClient(ServerSettings settings) throws UnknownHostException {
        Map<String, String> headers = new HashMap<>(identity(settings));
        // real servers send their version; a name that is none says nothing (legacy-raft 6.1)
        headers.put("Nacos-Server", "catamaran-" + SelfFacts.VERSION);
        return new HttpMemberClient(InetAddress.getByName(settings.ip()), headers);
    }

    static Map<String, String> identity(ServerSettings settings) {
        return settings.identity()
                .map((Identity identity) -> Map.of(identity.key(), identity.value()))
                .orElse(Map.of());
    }

    @Bean
    MemberRoster memberRoster(
            ServerSettings settings,
            TransitionWatch watch,
            TransitionGroup group,
            JRaftServer jraft,
            ObjectProvider<Readiness> readiness) {
        return new MemberRoster(
                new Membership(
                        settings.self(),
                        settings.members(),
                        settings.planned(),
                        settings.upgradePolicy() + "/" + settings.downgradePolicy()),
                () -> {
                    TransitionView view = watch.view();
                    return new SelfFacts(
                            view.phaseKnown()
                                    ? Optional.of(view.upgrade().phase())
                                    : Optional.empty(),
                            view.upgrade().epoch(),
                            // one that cannot be saved exists as well
                            view.decisionExists() || group.applied().revision() > 0,
                            readiness.getObject().ready(),
                            readiness.getObject().broken(),
                            jraft.views());
                },
                settings.reportInterval(),
                System::nanoTime);
    }

    @Bean
    MemberReporter memberReporter(
            ServerSettings settings,
            MemberRoster roster,
            HttpMemberClient client,
            ScheduledExecutorService timer) {
        return new MemberReporter(roster, client, timer, settings.reportInterval());
    }
}
