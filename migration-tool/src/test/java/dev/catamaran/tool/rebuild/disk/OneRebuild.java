package dev.catamaran.tool.rebuild.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.home.HomeCopy;
import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.TreeManifest;
import dev.catamaran.tool.rebuild.AddressMap;
import dev.catamaran.tool.rebuild.RebuildPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One of three real homes with two groups, to be rebuilt and interrupted as often as one likes. */
final class OneRebuild {

    static final AddressMap MAP =
            TestHomes.map(
                    "127.0.0.1:8848=10.9.0.1:8848",
                    "127.0.0.2:8848=127.0.0.1:8848",
                    "127.0.0.3:8848=10.9.0.3:8848");

    private static final List<String> LEFT_OUT =
            List.of("nacos_config", "naming_persistent_service", "naming_instance_metadata");

    private final RebuildPlan plan;
    private final Path template;

    private OneRebuild(RebuildPlan plan, Path template) {
        this.plan = plan;
        this.template = template;
    }

    static OneRebuild prepare(Path folder) throws IOException {
        List<Path> homes = TestHomes.cluster("2.4.1", folder);
        TestHomes.writeClusterConf(homes);
        for (Path home : homes) {
            for (String group : LEFT_OUT) {
                HomeCopy.remove(home.resolve("data/protocol/raft").resolve(group));
            }
        }
        try (JRaftWork work = TestHomes.work("2.4.1")) {
            return new OneRebuild(TestHomes.plan(homes, MAP, work), homes.get(0));
        }
    }

    RebuildPlan plan() {
        return plan;
    }

    RebuildPlan.Target target() {
        return plan.targets().get(0);
    }

    /** A fresh copy of the home. */
    Path copy(Path to) throws IOException {
        copyTree(template, to);
        return to;
    }

    static void copyTree(Path from, Path to) throws IOException {
        try (java.util.stream.Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.sorted().toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    String original() {
        return TestHomes.picture(template);
    }

    Rebuilds.Outcome apply(Path home, HomeRebuild.Tools tools) throws IOException {
        return new Rebuilds(tools, line -> {})
                .apply(plan, List.of(new Placed(target(), home)), Map.of());
    }

    static Rebuilds.Outcome undo(Path home, HomeRebuild.Tools tools) throws IOException {
        return new Rebuilds(tools, line -> {}).undo(List.of(home), java.util.Optional.empty());
    }

    /**
     * After an interruption: what is live is the old data to the byte, or the new data while the
     * old is kept to the byte; or no data is live and the status says so.
     */
    void assertOldOrNew(Path home, GroupWork work) throws IOException {
        HomeLayout layout = HomeLayout.of(home);
        HomeStatus status = HomeStatus.of(layout);
        if (status.live() == HomeStatus.Live.NONE) {
            assertThat(layout.raft()).doesNotExist();
            assertThat(status.todo()).startsWith("Start nothing.");
            return;
        }
        boolean marked = Files.exists(layout.raft().resolve(Trees.MARKER));
        Path other = layout.rebuilds().resolve(plan.id()).resolve("other");
        Path away = other.resolveSibling("other.away");
        Path kept = Files.exists(away) ? away : other;
        Path old = marked ? kept : layout.raft();
        assertThat(tree(old)).isEqualTo(tree(template.resolve("data/protocol/raft")));
        if (marked) {
            TestHomes.stores(home, work)
                    .forEach(
                            (group, store) -> {
                                assertThat(store.isWhole()).as(group).isTrue();
                                assertThat(store.peers())
                                        .allSatisfy(
                                                peer ->
                                                        assertThat(MAP.raft().images().values())
                                                                .contains(peer.address()));
                            });
        }
        assertThat(status.settled() || status.todo().contains("catamaran rebuild")).isTrue();
    }

    private static String tree(Path raft) throws IOException {
        return TreeManifest.of(raft, path -> !path.endsWith(Path.of("log", "LOCK"))).digestHex();
    }

    /** After a rerun: all is new, the check passes, and an undo gives the old bytes. */
    void assertRebuiltAndUndoable(Path home, HomeRebuild.Tools tools) throws IOException {
        HomeStatus status = HomeStatus.of(HomeLayout.of(home));
        assertThat(status.live()).as(status.toString()).isEqualTo(HomeStatus.Live.NEW);
        assertThat(RebuildCheck.of(home, tools.work()).findings()).isEmpty();
        assertThat(home.resolve("conf/cluster.conf"))
                .hasContent("# members\n10.9.0.1:8848\n127.0.0.1:8848 # second\n10.9.0.3\n");
        assertThat(undo(home, tools)).isInstanceOf(Rebuilds.Outcome.Done.class);
        assertThat(TestHomes.picture(home)).isEqualTo(original());
    }
}
