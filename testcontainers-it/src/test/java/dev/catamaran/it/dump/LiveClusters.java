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
import java.util.function.Predicate;

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
        assertSays(node, expected, difference -> false);
    }

    /**
     * The same of members that have just replayed their logs, but for one fault of real servers,
     * which the run then tells. They replay their groups beside each other, and the first entry
     * that names a service decides for good whether they take it for ephemeral; those of {@code
     * naming_instance_metadata} do not say and count as ephemeral (spec: jraft-groups 3.2, 3.4).
     * Where that group comes first, a service with overrides is shown as ephemeral on that member,
     * with or without a rebuild.
     */
    public static void assertAllSayAfterStart(ServerCluster cluster, RegistryDump expected)
            throws IOException {
        for (ServerNode node : cluster.nodes()) {
            assertSaysAfterStart(node, expected);
        }
    }

    /** The same of one member. */
    public static void assertSaysAfterStart(ServerNode node, RegistryDump expected)
            throws IOException {
        assertSays(node, expected, LiveClusters::isTakenForEphemeral);
        List<String> left =
                new LiveDump(node.api(), GoldenLoad.groups()).read().differencesTo(expected);
        if (!left.isEmpty()) {
            System.err.println(
                    "TAKEN FOR EPHEMERAL by "
                            + node
                            + ", which replayed overrides first: "
                            + left.size()
                            + " instances of services with overrides");
        }
    }

    private static boolean isTakenForEphemeral(String difference) {
        return difference.endsWith("/ephemeral: true, expected false")
                && GoldenLoad.hasOverride(difference.substring(0, difference.indexOf('/')));
    }

    private static void assertSays(
            ServerNode node, RegistryDump expected, Predicate<String> allowed) {
        LiveDump live = new LiveDump(node.api(), GoldenLoad.groups());
        await().atMost(SETTLED)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(
                        () ->
                                assertThat(live.read().differencesTo(expected))
                                        .as(node.toString())
                                        .allMatch(allowed));
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
