package dev.catamaran.legacyraft.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.legacyraft.core.Beat;
import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.RaftPeer;
import dev.catamaran.legacyraft.core.Tombstone;
import dev.catamaran.registry.decode.Decoded;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireFormsTest {

    private static final String KEY = "com.alibaba.nacos.naming.iplist.public##G@@s";
    private static final String VALUE = "{\"m\":\"a=b%2B+c % 中文 \\\" &\"}";

    /** As a real 1.4.2 leader without data sent it. */
    private static final String REAL_BEAT =
            "H4sIAAAAAAAA/3WNvQrCUAxG3yWzSFr/LncT2k52cTUOkQYULC1p2qXcdzdXcJQM+Tgn5FvhIWwQYSUYRZQg"
                + "enqNvgmK8rRFnzKGsA8EG4JlMGkG/adNtHdXeHwLd6LVLO2UyXGHmT6F1XLlTxwQ0flkbPL9eqnPVX0l"
                + "SE47trnPV7d7gvQBUdUo5KwAAAA=";

    private static final RaftPeer PEER =
            new RaftPeer(
                    "127.0.0.1:8848",
                    Optional.of("127.0.0.1:8848"),
                    301,
                    17_058,
                    5_000,
                    RaftPeer.State.LEADER,
                    Optional.of(new RaftPeer.Pledge(4, new Position(4, 17), 2)));

    @Test
    void readsABeatOfARealServer() {
        Beat beat = BeatForm.decode(Base64.getDecoder().decode(REAL_BEAT)).orThrow();

        assertThat(beat.peer().ip()).isEqualTo("127.0.0.2:8848");
        assertThat(beat.peer().state()).isEqualTo(RaftPeer.State.LEADER);
        assertThat(beat.peer().pledge()).isEmpty();
        assertThat(beat.items()).isEmpty();
    }

    @Test
    void peersHaveThe1xFormWithOneFieldMore() {
        assertThat(PeerForm.encode(PEER))
                .isEqualTo(
                        "{\"ip\":\"127.0.0.1:8848\",\"voteFor\":\"127.0.0.1:8848\",\"term\":301,"
                                + "\"leaderDueMs\":17058,\"heartbeatDueMs\":5000,"
                                + "\"state\":\"LEADER\",\"catamaran\":{\"ballot\":4,"
                                + "\"position\":{\"ballot\":4,\"index\":17},\"epoch\":2}}");
        assertThat(PeerForm.decode(PeerForm.encode(PEER)).orThrow()).isEqualTo(PEER);
    }

    @Test
    void beatsAndCommitsComeBackAsTheyWere() {
        Beat beat = new Beat(PEER, List.of(new Beat.Item(KEY, 3, new Position(4, 16))));
        Change put = new Change.Put(new Datum(KEY, VALUE, 3, new Position(4, 17)));
        Change delete = new Change.Delete(new Tombstone(KEY, 3, new Position(4, 18)));

        assertThat(BeatForm.decode(BeatForm.encode(beat)).orThrow()).isEqualTo(beat);
        assertThat(CommitForm.decodePut(CommitForm.encode(PEER, put)).orThrow())
                .isEqualTo(new CommitForm.Commit(PEER, put));
        assertThat(CommitForm.decodeDelete(CommitForm.encode(PEER, delete)).orThrow())
                .isEqualTo(new CommitForm.Commit(PEER, delete));
    }

    /** A real receiver URL-decodes once and must then find what was meant. */
    @Test
    void aCommitSurvivesTheDecodingOfRealReceivers() {
        Datum datum = new Datum(KEY, VALUE, 3, new Position(4, 17));
        String body =
                new String(CommitForm.encode(PEER, new Change.Put(datum)), StandardCharsets.UTF_8);

        assertThat(URLDecoder.decode(body, StandardCharsets.UTF_8))
                .contains(VALUE)
                .contains(PeerForm.encode(PEER));
    }

    /** A real leader sends metadata raw; it must arrive as the leader holds it. */
    @Test
    void aRawCommitOfARealLeaderIsTakenAsItIs() {
        String body =
                "{\"datum\":{\"key\":\""
                        + KEY
                        + "\",\"value\":"
                        + VALUE
                        + ",\"timestamp\":1},\"source\":{\"ip\":\"1.1.1.1:8848\",\"term\":1}}";

        CommitForm.Commit commit =
                CommitForm.decodePut(body.getBytes(StandardCharsets.UTF_8)).orThrow();

        assertThat(((Change.Put) commit.change()).datum().value()).isEqualTo(VALUE);
    }

    @Test
    void keysComeBackHoweverOftenTheyWereEncoded() {
        String twice = DatumForm.encodeKeys(List.of(KEY, KEY)).substring("keys=".length());
        String once = URLDecoder.decode(twice, StandardCharsets.UTF_8);

        assertThat(DatumForm.decodeKeys(once).orThrow()).containsExactly(KEY, KEY);
        assertThat(DatumForm.decodeKey(once.substring(0, once.indexOf("%2C"))).orThrow())
                .isEqualTo(KEY);
        assertThat(DatumForm.decodeKey("com.alibaba.nacos.naming.iplist.public##../../x").value())
                .isEmpty();
    }

    @Test
    void brokenBytesAreRefusedAndNothingElse() {
        Random random = new Random(5);
        Beat beat = new Beat(PEER, List.of(new Beat.Item(KEY, 3, new Position(4, 16))));
        byte[] plain = Text.plain(BeatForm.encode(beat)).getBytes(StandardCharsets.UTF_8);
        Change put = new Change.Put(new Datum(KEY, VALUE, 3, new Position(4, 17)));
        byte[] commit = CommitForm.encode(PEER, put);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            refused += refused(BeatForm.decode(broken(random, plain)));
            refused += refused(CommitForm.decodePut(broken(random, commit)));
            refused += refused(CommitForm.decodeDelete(broken(random, commit)));
            refused += refused(DatumForm.decodeList(broken(random, commit)));
        }
        assertThat(refused).isGreaterThan(1_000);
        assertThat(refused(BeatForm.decode(new byte[] {0x1f, (byte) 0x8b, 8, 0}))).isEqualTo(1);
        assertThat(refused(PeerForm.decode("[".repeat(10_000)))).isEqualTo(1);
    }

    private static byte[] broken(Random random, byte[] body) {
        byte[] broken = body.clone();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(128);
        }
        return broken;
    }

    private static int refused(Decoded<?> decoded) {
        return decoded.value().isPresent() ? 0 : 1;
    }
}
