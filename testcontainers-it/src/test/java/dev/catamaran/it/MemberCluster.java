package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.judgement.Phase;
import dev.catamaran.tool.history.FinalView;
import dev.catamaran.tool.history.Finding;
import dev.catamaran.tool.history.History;
import dev.catamaran.tool.history.HistoryChecker;
import dev.catamaran.tool.members.ClusterStatus;
import dev.catamaran.tool.members.MemberApi;
import dev.catamaran.tool.members.MemberProcess;
import dev.catamaran.tool.writers.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Waits for and judges members that run as processes. */
final class MemberCluster {

    static final Duration SOON = Duration.ofMinutes(4);

    /** A server gives up on a write within 6 s; five times that, and a loss is a loss. */
    private static final long LATE_NS = 30_000_000_000L;

    private static final long STOP_LIMIT_MS = 15_000;

    private final MemberApi api;

    MemberCluster(MemberApi api) {
        this.api = api;
    }

    Optional<ClusterStatus> status(String address) {
        try {
            return Optional.of(api.status(address));
        } catch (IOException down) {
            return Optional.empty();
        }
    }

    /** The status of a member that must answer, be it late. */
    ClusterStatus statusOf(String address) {
        return await("status of " + address)
                .atMost(SOON)
                .until(() -> status(address), Optional::isPresent)
                .orElseThrow();
    }

    void awaitReady(MemberProcess member) {
        await(member.address() + " ready")
                .atMost(SOON)
                .until(
                        () -> {
                            assertThat(member.isAlive()).as(member.lastLines()).isTrue();
                            return status(member.address()).map(ClusterStatus::ready).orElse(false);
                        });
    }

    /** Orders a phase until every one of the members is in it. */
    void climb(List<String> addresses, Phase to) {
        await("phase " + to)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(250))
                .until(
                        () -> {
                            boolean there =
                                    addresses.stream()
                                            .allMatch(
                                                    address ->
                                                            status(address)
                                                                    .filter(s -> s.phase() == to)
                                                                    .isPresent());
                            if (!there) {
                                api.order(addresses.get(0), to, to == Phase.FINALIZED);
                            }
                            return there;
                        });
    }

    /** Asks the process to end, as a service manager does, and waits until it has. */
    static void terminate(MemberProcess member) throws Exception {
        ProcessHandle process = ProcessHandle.of(member.pid()).orElseThrow();
        process.destroy();
        process.onExit().get(STOP_LIMIT_MS, TimeUnit.MILLISECONDS);
        member.kill();
    }

    /** Waits until all members hold the same, and judges what each shows. */
    List<Finding> judge(List<String> addresses, Load load, History history) throws IOException {
        await("equal copies everywhere")
                .atMost(SOON)
                .until(
                        () -> {
                            List<String> digests = addresses.stream().map(this::digest).toList();
                            return !digests.contains("") && Set.copyOf(digests).size() == 1;
                        });
        List<FinalView> views = new ArrayList<>();
        for (String address : addresses) {
            views.add(load.shownBy(address, "list of " + address));
        }
        return new HistoryChecker(LATE_NS)
                .judge(history.calls(), views).stream()
                        .filter(finding -> finding.kind().fatal())
                        .toList();
    }

    /** Digest of both copies of a member; empty while it is down or its copies differ. */
    private String digest(String address) {
        return status(address)
                .filter(ClusterStatus::equal)
                .map(ClusterStatus::jraftDigest)
                .orElse("");
    }
}
