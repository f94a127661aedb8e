package dev.catamaran.tool.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainLiveTest {

    @Test
    void seesARealClusterWhoseNodesServeFromDifferentModels() {
        Explained explained =
                live(CapturedAnswers.of("2.0.3/node1_restarted.txt.gz"), "127.0.0.1:8848");

        assertThat(explained.live())
                .extracting(LiveNode::address)
                .containsExactly("127.0.0.1:8848", "127.0.0.2:8848", "127.0.0.3:8848");
        assertThat(ids(explained))
                .contains("modes-split 4", "not-ready 3", "may-fall-back 2", "member-silent 0");
        Finding split = explained.findings().get(0);
        assertThat(split.what()).isEqualTo("127.0.0.1:8848 in 1.X, 127.0.0.2:8848 in 2.X");
        assertThat(explained.findings())
                .filteredOn(finding -> finding.id().equals("not-ready"))
                .singleElement()
                .satisfies(
                        finding ->
                                assertThat(finding.what())
                                        .contains("services V1 6, V2 4")
                                        .contains("10 copies wait")
                                        .contains("only in V1: public##DEFAULT_GROUP@@eph-0"));
    }

    @Test
    void warnsOfTheRestartThatWouldMakeAnUpgradedClusterFallBack() {
        Explained explained =
                live(CapturedAnswers.of("2.0.3/all_upgraded.txt.gz"), "127.0.0.1:8848");

        assertThat(ids(explained)).isNotEmpty().containsOnly("may-fall-back 2");
        assertThat(explained.needsAction()).isFalse();
    }

    @Test
    void seesRaftMembersOfThePastAfterAnAddressChange() {
        Explained explained =
                live(CapturedAnswers.of("2.4.1/after_ip_change.txt.gz"), "127.0.0.12:8848");

        assertThat(ids(explained)).contains("address-changed 1");
        assertThat(explained.findings().get(0).what()).contains("127.0.0.1:7848");
        assertThat(explained.needsAction()).isTrue();
    }

    @Test
    void repeatsWhatOurOwnMembersSay() {
        String base = "http://10.0.0.1:8848";
        CapturedAnswers ours =
                new CapturedAnswers()
                        .with(
                                base + "/catamaran/v1/status",
                                "{\"phase\":\"MIRRORING\",\"version\":\"0.1.0\",\"members\":[{"
                                        + "\"address\":\"10.0.0.1:8848\",\"self\":true,"
                                        + "\"reachable\":true,\"version\":\"2.1.2\"}]}")
                        .with(
                                base + "/catamaran/v1/explain",
                                "[{\"rule\":\"order-needed\",\"member\":null,\"since\":null,"
                                        + "\"evidence\":\"nothing stands in the way of JRAFT\","
                                        + "\"change\":\"order it\",\"step\":\"JRAFT\","
                                        + "\"command\":\"curl …\"}]");

        String text = ExplainedText.of(live(ours, "10.0.0.1:8848"));

        assertThat(text)
                .contains("10.0.0.1:8848  Catamaran 0.1.0  phase MIRRORING")
                .contains("order-needed (to JRAFT): nothing stands in the way of JRAFT")
                .contains("run: curl …")
                .doesNotContain("Nothing was found")
                .doesNotContain("null");
    }

    @Test
    void saysOnceThatTheClusterIsHeldAndWhyItMovedLast() {
        CapturedAnswers ours = new CapturedAnswers();
        for (String base : List.of("http://10.0.0.1:8848", "http://10.0.0.2:8848")) {
            ours.with(
                    base + "/catamaran/v1/status",
                    "{\"phase\":\"JRAFT\",\"epoch\":3,\"held\":true,\"holdReason\":\"audit (by"
                            + " anna)\",\"because\":\"ordered: CHG-7\",\"members\":["
                            + "{\"address\":\"10.0.0.1:8848\"},{\"address\":\"10.0.0.2:8848\"}]}");
        }

        Explained explained = live(ours, "10.0.0.1:8848");

        assertThat(ids(explained)).containsExactly("cluster-held 0");
        assertThat(explained.needsAction()).isTrue();
        assertThat(ExplainedText.of(explained))
                .contains("the cluster is held: audit (by anna)")
                .contains("http://10.0.0.1:8848/catamaran/v1/release")
                .contains("last move (epoch 3): ordered: CHG-7");
        assertThat(ExplainedJson.of(explained)).contains("\"because\" : \"ordered: CHG-7\"");
    }

    @Test
    void saysWhichMemberIsNotReadyAndWhatItsStacksSay() {
        CapturedAnswers ours =
                new CapturedAnswers()
                        .with(
                                "http://10.0.0.1:8848/catamaran/v1/status",
                                "{\"phase\":\"MIRRORING\",\"epoch\":1,\"ready\":false,\"stacks\":{"
                                        + "\"legacy\":{\"ready\":false,\"detail\":\"does not run:"
                                        + " No space left on device\"},\"jraft\":{\"ready\":true,"
                                        + "\"detail\":\"\"}},\"members\":[]}");

        Explained explained = live(ours, "10.0.0.1:8848");

        assertThat(ids(explained)).containsExactly("member-not-ready 0");
        assertThat(explained.needsAction()).isTrue();
        assertThat(explained.findings().get(0).what())
                .endsWith("legacy not ready: does not run: No space left on device; jraft ready");
    }

    @Test
    void tellsWhatMovedTheClusterEachMoveOnceInItsOrder() {
        String first =
                "{\"revision\":1,\"at\":null,\"by\":\"\",\"phase\":\"LEGACY\",\"epoch\":0,"
                        + "\"held\":false,\"holdReason\":\"\",\"because\":\"first leader\"}";
        String second =
                "{\"revision\":2,\"at\":\"2026-03-02T09:14:03Z\",\"by\":\"10.0.0.1:8848\","
                        + "\"phase\":\"FENCED\",\"epoch\":2,\"from\":\"MIRRORING\",\"to\":"
                        + "\"JRAFT\",\"held\":true,\"holdReason\":\"audit\",\"because\":"
                        + "\"ordered: CHG-7\"}";
        CapturedAnswers ours = new CapturedAnswers();
        for (String base : List.of("http://10.0.0.1:8848", "http://10.0.0.2:8848")) {
            ours.with(
                            base + "/catamaran/v1/status",
                            "{\"phase\":\"FENCED\",\"epoch\":2,\"members\":["
                                    + "{\"address\":\"10.0.0.1:8848\"},"
                                    + "{\"address\":\"10.0.0.2:8848\"}]}")
                    .with(
                            base + "/catamaran/v1/history",
                            "{\"moves\":[" + first + "," + second + "]}");
        }

        Explained explained = live(ours, "10.0.0.2:8848");

        assertThat(ExplainedText.of(explained))
                .containsSubsequence(
                        "Timeline",
                        "time not known  LEGACY epoch 0",
                        "because: first leader",
                        "2026-03-02T09:14:03Z  10.0.0.1:8848  FENCED epoch 2, fence from MIRRORING"
                                + " to JRAFT, held: audit",
                        "because: ordered: CHG-7")
                .containsOnlyOnce("CHG-7");
        assertThat(ExplainedJson.of(explained))
                .contains("\"event\" : \"Moved\"")
                .contains("\"place\" : \"revision 2\"")
                .containsOnlyOnce("CHG-7");
        assertThat(explained.notes()).isEmpty();
    }

    @Test
    void saysWhichMemberCannotSaveAndWhichDoesNotKnowThePhase() {
        CapturedAnswers ours =
                new CapturedAnswers()
                        .with(
                                "http://10.0.0.1:8848/catamaran/v1/status",
                                "{\"phase\":\"MIRRORING\",\"epoch\":1,\"notSaved\":\"epoch 2:"
                                        + " Read-only file system\",\"members\":["
                                        + "{\"address\":\"10.0.0.2:8848\"}]}")
                        .with(
                                "http://10.0.0.2:8848/catamaran/v1/status",
                                "{\"phase\":\"UNKNOWN\",\"epoch\":null,\"notSaved\":null,"
                                        + "\"members\":[]}");

        Explained explained = live(ours, "10.0.0.1:8848");

        assertThat(ids(explained)).containsExactly("state-not-saved 0", "phase-not-known 0");
        assertThat(explained.findings().get(0).what()).contains("Read-only file system");
        assertThat(explained.findings().get(1).node()).isEqualTo("10.0.0.2:8848");
    }

    @Test
    void repeatsWhatOurMembersForetellOfRealServersOnce() {
        CapturedAnswers ours = new CapturedAnswers();
        for (String base : List.of("http://10.0.0.1:8848", "http://10.0.0.2:8848")) {
            ours.with(base + "/catamaran/v1/status", "{\"phase\":\"LEGACY\",\"members\":[]}")
                    .with(
                            base + "/catamaran/v1/preflight",
                            "[{\"check\":\"real-restart-while-a-member-is-down\","
                                    + "\"member\":\"10.0.0.3:8848\",\"evidence\":\"not reached\","
                                    + "\"danger\":\"prints 'Downgrade to 1.X'\","
                                    + "\"advice\":\"restart no real server\"}]");
        }

        Explained explained =
                Explained.ofLive(
                        new LiveReader(ours)
                                .read(
                                        List.of(
                                                URI.create("http://10.0.0.1:8848"),
                                                URI.create("http://10.0.0.2:8848"))));

        assertThat(ids(explained)).containsExactly("foretold-by-preflight 2");
        assertThat(ExplainedText.of(explained))
                .contains("real-restart-while-a-member-is-down: not reached")
                .contains("prints 'Downgrade to 1.X'")
                .contains("restart no real server");
    }

    @Test
    void tellsWhoDoesNotAnswer() {
        Explained explained =
                live(new CapturedAnswers().with("http://10.0.0.2:8848/x", "x"), "10.0.0.1:8848");

        assertThat(ids(explained)).containsExactly("member-silent 0");
        assertThat(explained.findings().get(0).what()).contains("Connection refused");
    }

    private static Explained live(CapturedAnswers answers, String address) {
        return Explained.ofLive(
                new LiveReader(answers).read(List.of(URI.create("http://" + address))));
    }

    private static List<String> ids(Explained explained) {
        return explained.findings().stream()
                .map(finding -> finding.id() + " " + finding.incident())
                .toList();
    }
}
