package dev.catamaran.tool.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.explain.Finding.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainLogsTest {

    @TempDir Path folder;

    @Test
    void namesTheMemberAndTheEventThatMadeARealNodeFallBack() throws IOException {
        Explained explained = explain(log("2.0.3", "naming-server.log.gz"));

        Finding first = explained.findings().get(0);
        assertThat(first.id()).isEqualTo("fell-back-on-unknown-version");
        assertThat(first.incident()).isEqualTo(2);
        assertThat(first.node()).isEqualTo("127.0.0.1:8848");
        assertThat(first.when()).isEqualTo("2026-11-21 22:17:20.492");
        assertThat(first.why()).startsWith("127.0.0.3:8848 (DOWN)").contains("D3");
        assertThat(first.evidence())
                .containsExactly(
                        "naming-server.log.gz:2100: 127.0.0.3:8848 DOWN version=none"
                                + " readyToUpgrade=none",
                        "naming-server.log.gz:2102: Downgrade to 1.X");
        assertThat(explained.needsAction()).isTrue();
    }

    @Test
    void tellsThatTheNodeDoesNotHealAndWhoseFlagIsMissing() throws IOException {
        Explained explained = explain(log("2.0.3", "naming-server.log.gz"));

        Finding stuck = explained.findings().get(1);
        assertThat(stuck.id()).isEqualTo("never-ready");
        assertThat(stuck.severity()).isEqualTo(Severity.STUCK);
        assertThat(stuck.why())
                .contains("127.0.0.3:8848 (2.0.3) reports no readyToUpgrade")
                .contains("127.0.0.1:8848 (this node) says it is not ready");
        assertThat(stuck.evidence().get(0)).contains("upgrade check result false, 42 times");
        assertThat(ids(explained))
                .containsExactly("fell-back-on-unknown-version", "never-ready", "went-up");
    }

    @Test
    void findsNothingWrongInALogOf114() throws IOException {
        Explained explained = explain(log("1.1.4", "naming-raft.log.gz"));

        assertThat(explained.findings()).isEmpty();
        assertThat(explained.needsAction()).isFalse();
        assertThat(ExplainedText.of(explained)).contains("1.x raft: leader 127.0.0.1:8848");
    }

    @Test
    void countsTheWritesThat132RefusedAndSeesItsTermJump() throws IOException {
        log("1.3.2", "alipay-jraft.log.gz");
        log("1.3.2", "protocol-raft.log.gz");
        Explained explained = explain(log("1.3.2", "naming-raft.log.gz"));

        assertThat(ids(explained)).containsExactly("writes-refused", "term-jump");
        assertThat(explained.findings().get(0).what()).startsWith("14 writes");
        assertThat(explained.findings().get(0).why()).contains("since 2026-11-21 22:41:30.680");
        assertThat(explained.findings().get(1).what()).contains("from 2 to 4503");
    }

    @Test
    void tellsTheOneWaySwitchOf142() throws IOException {
        log("1.4.2", "alipay-jraft.log.gz");
        log("1.4.2", "protocol-raft.log.gz");
        Explained explained = explain(log("1.4.2", "naming-raft.log.gz"));

        assertThat(ids(explained)).containsExactly("one-way-switch");
        assertThat(explained.findings().get(0).when()).isEqualTo("2026-11-21 22:45:17.043");
        assertThat(explained.needsAction()).isFalse();
    }

    @Test
    void namesEveryGroupThatWaitsForAddressesOfThePast() throws IOException {
        Explained explained =
                explain(
                        written(
                                "n1",
                                "alipay-jraft.log",
                                notInConf("nacos_config", 1),
                                notInConf("naming_persistent_service_v2", 2),
                                notInConf("nacos_config", 7)));

        Finding only = explained.findings().get(0);
        assertThat(ids(explained)).containsExactly("address-changed");
        assertThat(only.incident()).isEqualTo(1);
        assertThat(only.node()).isEqualTo("10.0.0.9:7848");
        assertThat(only.what())
                .contains("nacos_config, naming_persistent_service_v2")
                .contains("10.0.0.1:7848,10.0.0.2:7848");
        assertThat(only.remedy().get(0)).startsWith("do not delete data/protocol");
    }

    @Test
    void sees14MembersSetANodeBackWithoutAWord() throws IOException {
        Explained explained =
                explain(
                        written(
                                "n1",
                                "naming-server.log",
                                "2026-01-01 10:00:00,000 INFO Upgrade to 2.0.X",
                                changed("10:00:05", "version=1.4.2")));

        assertThat(ids(explained)).containsExactly("fell-back-quietly", "went-up");
        assertThat(explained.findings().get(0).why()).contains("10.0.0.3:8848").contains("D7");
    }

    @Test
    void tellsAnEmergencyDowngradeFromAnAccident() throws IOException {
        Explained explained =
                explain(
                        written(
                                "n1",
                                "naming-server.log",
                                changed("10:00:05", "version=1.3.2"),
                                "2026-01-01 10:00:05,001 INFO Downgrade to 1.X"));

        assertThat(ids(explained)).containsExactly("fell-back-on-old-member");
        assertThat(explained.findings().get(0).why()).contains("by design");
    }

    @Test
    void laysTheLogsOfSeveralNodesSideBySide() throws IOException {
        written(
                "n1",
                "naming-server.log",
                "2026-01-01 10:00:00,000 INFO Upgrade to 2.0.X",
                "2026-01-01 10:01:00,000 INFO Downgrade to 1.X",
                "2026-01-01 10:05:00,000 INFO upgrade check result false");
        written("n2", "naming-server.log", "2026-01-01 10:00:03,000 INFO Upgrade to 2.0.X");

        Explained explained = explain(folder);

        Finding split =
                explained.findings().stream()
                        .filter(finding -> finding.id().equals("modes-split"))
                        .findFirst()
                        .orElseThrow();
        assertThat(split.what())
                .contains("for 4 min 0 s, until the logs end")
                .contains("n1 in 1.X")
                .contains("n2 in 2.X");
    }

    @Test
    void callsAFlipWithinTwoChecksNoSplit() throws IOException {
        written("n1", "naming-server.log", "2026-01-01 10:00:00,000 INFO Upgrade to 2.0.X");
        written("n2", "naming-server.log", "2026-01-01 10:00:09,000 INFO Upgrade to 2.0.X");

        assertThat(ids(explain(folder))).containsExactly("went-up", "went-up");
    }

    @Test
    void saysThatClosingWithOldMembersRemovesTheirRecords() throws IOException {
        Explained explained =
                explain(
                        written(
                                "n1",
                                "naming-server.log",
                                changed("10:00:05", "version=1.4.2"),
                                "2026-01-01 10:00:09,000 INFO Disable Double write, stop and clean"
                                        + " v1.x cache and features"));

        assertThat(ids(explained)).containsExactly("double-write-closed-too-early");
        assertThat(explained.findings().get(0).why()).contains("D34");
    }

    @Test
    void readsAnythingWithoutFailing() throws IOException {
        byte[] real;
        try (InputStream in = getClass().getResourceAsStream("/explain/1.4.2/naming-raft.log.gz");
                InputStream plain = new java.util.zip.GZIPInputStream(in)) {
            real = plain.readAllBytes();
        }
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            byte[] broken = real.clone();
            for (int i = 0; i < 200; i++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            Path file = folder.resolve("naming-raft.log");
            Files.write(file, broken);

            assertThat(ExplainedJson.of(explain(file))).as("seed " + seed).startsWith("{");
        }
    }

    @Test
    void keepsItsMemoryHoweverLongALogOrALineIs() throws IOException {
        StringBuilder text = new StringBuilder("2026-01-01 10:00:00,000 INFO ");
        text.append("x".repeat(3 * LogLine.MAX_MESSAGE)).append('\n');
        for (int i = 0; i < 120_000; i++) {
            text.append("2026-01-01 10:00:00,000 INFO vote a:1 as leader, term: ")
                    .append(i)
                    .append('\n');
        }
        Path file = folder.resolve("naming-raft.log");
        Files.writeString(file, text);

        NodeStory.Builder story = LogFiles.read("n", List.of(file), read -> {});

        assertThat(story.dropped()).isEqualTo(20_000);
        assertThat(story.build().entries()).hasSize(NodeStory.Builder.MAX_ENTRIES);
    }

    private static String notInConf(String group, int second) {
        return "2026-01-01 10:00:0"
                + second
                + ",000 WARN Node <"
                + group
                + "/10.0.0.9:7848> can't do preVote as it is not in conf <ConfigurationEntry [id="
                + "LogId [index=1, term=1], conf=10.0.0.1:7848,10.0.0.2:7848, oldConf=]>.";
    }

    private static String changed(String time, String info) {
        String member = "Member{ip='10.0.0.3', port=8848, state=UP, extendInfo={" + info + "}}";
        return "2026-01-01 "
                + time
                + ",000 INFO member change, event: MembersChangeEvent{members=["
                + member
                + "], triggers=["
                + member
                + "], no=1}";
    }

    private Path written(String node, String name, String... lines) throws IOException {
        Path logs = Files.createDirectories(folder.resolve(node));
        return Files.writeString(
                logs.resolve(name), String.join("\n\n", lines), StandardCharsets.UTF_8);
    }

    private Path log(String version, String name) throws IOException {
        Path logs = Files.createDirectories(folder.resolve(version));
        try (InputStream in = getClass().getResourceAsStream("/explain/" + version + "/" + name)) {
            Files.copy(in, logs.resolve(name));
        }
        return logs;
    }

    private static Explained explain(Path path) throws IOException {
        List<NodeStory> stories = new ArrayList<>();
        for (java.util.Map.Entry<Path, List<Path>> node :
                LogFiles.byNode(List.of(path)).entrySet()) {
            String name = Optional.of(node.getKey().getFileName()).get().toString();
            stories.add(LogFiles.read(name, node.getValue(), read -> {}).build());
        }
        return Explained.ofLogs(stories, List.of());
    }

    private static List<String> ids(Explained explained) {
        return explained.findings().stream().map(Finding::id).toList();
    }
}
