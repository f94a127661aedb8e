package dev.catamaran.registry.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.golden.Golden;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyPeerTest {

    /** Every peer in votes, beats, commits, reports and answers of real clusters. */
    @ParameterizedTest
    @ValueSource(strings = {"1.1.4", "1.3.2", "1.4.2"})
    void readsThePeersOfRealServersWithoutLoss(String version) {
        List<String> lines = Golden.lines("peers-" + version + ".jsonl");

        assertThat(lines).hasSizeGreaterThan(10);
        for (String line : lines) {
            LegacyPeer peer = LegacyPeer.decode(line).orThrow();

            assertThat(peer.ip()).endsWith(":8848");
            // some answers say that there was no vote, most say nothing
            String theirs = line.replace("\"voteFor\":null,", "");
            assertThat(Json.read(peer.encode(), "ours")).isEqualTo(Json.read(theirs, "theirs"));
        }
    }

    /** Jackson, from 1.3 on, writes the fields as they are declared; nested ones may be sorted. */
    @Test
    void writesThePeerOfTheSpecificationByteForByte() {
        String json =
                "{\"ip\":\"127.0.0.1:18848\",\"voteFor\":\"127.0.0.1:18848\",\"term\":801,"
                        + "\"leaderDueMs\":18309,\"heartbeatDueMs\":5000,\"state\":\"LEADER\"}";

        assertThat(LegacyPeer.decode(json).orThrow().encode()).isEqualTo(json);
    }

    @Test
    void takesAVoteForNullAndAMissingOneForNone() {
        LegacyPeer fresh =
                new LegacyPeer("a:1", Optional.empty(), 0, 0, 0, LegacyPeer.State.FOLLOWER, "");

        assertThat(LegacyPeer.decode("{\"ip\":\"a:1\"}").orThrow()).isEqualTo(fresh);
        assertThat(
                        LegacyPeer.decode(
                                        "{\"ip\":\"a:1\",\"voteFor\":\"null\",\"term\":\"0\","
                                                + "\"state\":null,\"later\":[{}]}")
                                .orThrow())
                .isEqualTo(fresh);
        assertThat(fresh.encode())
                .isEqualTo(
                        "{\"ip\":\"a:1\",\"term\":0,\"leaderDueMs\":0,\"heartbeatDueMs\":0,"
                                + "\"state\":\"FOLLOWER\"}");
    }

    @Test
    void carriesOurOwnField() {
        LegacyPeer peer =
                new LegacyPeer(
                        "a:1",
                        Optional.of("b:1"),
                        1,
                        2,
                        3,
                        LegacyPeer.State.CANDIDATE,
                        "{\"ballot\":7}");

        assertThat(peer.encode()).endsWith("\"catamaran\":{\"ballot\":7}}");
        assertThat(LegacyPeer.decode(peer.encode()).orThrow()).isEqualTo(peer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"ip\":\" \"}",
                "{\"ip\":{}}",
                "{\"ip\":\"a\",\"term\":\"many\"}",
                "{\"ip\":\"a\",\"term\":99999999999999999999}",
                "{\"ip\":\"a\",\"state\":\"KING\"}"
            })
    void refusesWhatIsNoPeer(String json) {
        assertThat(LegacyPeer.decode(json)).isInstanceOf(Decoded.Refused.class);
    }
}
