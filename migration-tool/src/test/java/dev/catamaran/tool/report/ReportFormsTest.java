package dev.catamaran.tool.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportFormsTest {

    @Test
    void textTellsStepsFiguresAndVerdict() {
        assertThat(TextReport.of(Reports.passed()))
                .isEqualTo(
                        """

                            began  step                                                       \
                        phase        took  acked  ref. unkn.    pause    lag
                             0.0s  start three members on 1.x data                            \
                        LEGACY       6.2s      0     0     0      0ms      0
                                   127 records of the homes on every member
                             6.2s  order JRAFT                                                \
                        JRAFT        2.1s     40     1     2    730ms     12
                                   ordered once

                        member      127.0.0.1:8848 ready after 6.1s, at the slowest 6.1s; \
                        200 MiB resident
                        writes      40 acknowledged, 1 refused, 2 unknown; 3 needed a retry
                        reads       55 answered, 4 without an answer, 0 went backwards
                        pauses      1200 ms at the longest, 730 ms at a planned switch
                        records     127 of the homes; lost 0, resurrected 0, duplicated 0, \
                        phantom 0; late effects 0

                        PASSED: all is there
                        """);
    }

    @Test
    void textListsWhatWasFound() {
        assertThat(TextReport.of(Reports.failed()))
                .contains("lost 1, resurrected 0")
                .contains(
                        "found       LOST public##DEFAULT_GROUP@@orders/10.0.0.1:80#DEFAULT in"
                                + " jraft of m1: expected v2, found <b>v1</b>")
                .endsWith("FAILED: lost 1\n");
    }

    @Test
    void jsonHasThePromisedFields() {
        JsonNode json = JsonMapper.shared().readTree(JsonReport.of(Reports.failed()));

        assertThat(json.path("verdict").asString()).isEqualTo("failed");
        assertThat(json.path("lost").asLong()).isEqualTo(1);
        assertThat(json.path("resurrected").asLong(-1)).isZero();
        assertThat(json.path("duplicated").asLong(-1)).isZero();
        assertThat(json.path("acknowledged").asLong()).isEqualTo(40);
        assertThat(json.path("refused").asLong()).isEqualTo(1);
        assertThat(json.path("unknown").asLong()).isEqualTo(2);
        assertThat(json.path("longestWritePauseMs").asLong()).isEqualTo(1_200);
        assertThat(json.path("longestSwitchPauseMs").asLong()).isEqualTo(730);
        assertThat(json.path("steps")).hasSize(2);
        assertThat(json.path("steps").get(1).path("longestWritePauseMs").asLong()).isEqualTo(730);
        assertThat(json.path("steps").get(1).path("digest").asString())
                .isEqualTo("abcdef0123456789");
        assertThat(json.path("findings")).hasSize(1);
    }

    @Test
    void theHtmlPageStandsAloneAndEscapesWhatItQuotes() {
        String page = HtmlReport.of(Reports.failed());

        assertThat(page)
                .contains("<b>FAILED</b>: lost 1")
                .contains("&lt;b&gt;v1&lt;/b&gt;")
                .doesNotContain("<b>v1</b>")
                .contains("JRAFT &lt;&amp;&gt;")
                .doesNotContain("src=")
                .doesNotContain("href=")
                .doesNotContain("url(")
                .doesNotContain("@import")
                .doesNotContain("<script");
    }

    @Test
    void theDrawingIsWellFormedAndShowsEveryPart() throws Exception {
        String svg = TimelineSvg.of(Reports.passed().timeline());

        assertThat(wellFormed(svg)).isTrue();
        assertThat(svg)
                .contains("class=\"phase legacy\"")
                .contains("class=\"phase jraft\"")
                .contains("class=\"ack\"")
                .contains("class=\"ref\"")
                .contains("class=\"unk\"")
                .contains("class=\"mark order\"")
                .contains("class=\"lag\"");
        assertThat(wellFormed(TimelineSvg.of(empty()))).isTrue();
    }

    private static Timeline empty() {
        return new Timeline(
                0,
                java.util.List.of(),
                java.util.List.of(),
                java.util.List.of(),
                java.util.List.of());
    }

    private static boolean wellFormed(String xml) throws ParserConfigurationException {
        try {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
            return true;
        } catch (org.xml.sax.SAXException | java.io.IOException e) {
            return false;
        }
    }
}
