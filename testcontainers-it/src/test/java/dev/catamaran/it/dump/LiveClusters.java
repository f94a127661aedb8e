package dev.catamaran.it.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catamaran.it.server.NacosServer;
import dev.catamaran.it.server.ServerCluster;
import dev.catamaran.it.server.ServerKind;
import dev.catamaran.it.server.ServerNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What suites ask of running clusters. */
public final class LiveClusters {

    /** A member applies metadata a moment after the write is acknowledged elsewhere. */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private LiveClusters() {}

    /** Waits until nothing moves any more by itself in a cluster of real servers. */
    public static void awaitSteady(ServerCluster cluster) throws IOException {
        if (cluster.node(0).kind() instanceof NacosServer real && !real.keepsLegacyRaft()) {
            if (hasTwoStacks(real)) {
                cluster.awaitUpgraded();
            }
        }
    }

    /** Every member says exactly this, by each API that it has. */
    public static void assertAllSay(ServerCluster cluster, RegistryDump expected) {
        for (ServerNode node : cluster.nodes()) {
            assertSays(node, expected);
        }
    }

    /** A member says exactly this, by each API that it has. */
    public static void assertSays(ServerNode node, RegistryDump expected) {
        LiveDump live = new LiveDump(node.api(), GoldenLoad.groups());
        await().atMost(SETTLED)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(
                        () ->
                                assertThat(live.read().differencesTo(expected))
                                        .as(node.toString())
                                        .isEmpty());
        if (hasV2(node.kind())) {
            RegistryDump inV2 = expected.only(LiveDump::isInV2);
            await().atMost(SETTLED)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(
                            () ->
                                    assertThat(live.readV2().differencesTo(inV2))
                                            .as("v2 of " + node)
                                            .isEmpty());
        }
    }

    /** Whether the server lists services by the v2 API: from 2.2 on. */
    private static boolean hasV2(ServerKind kind) {
        return kind instanceof NacosServer real && !hasTwoStacks(real);
    }

    private static boolean hasTwoStacks(NacosServer real) {
        return List.of("2.0.4", "2.1.2").contains(real.version());
    }
}
