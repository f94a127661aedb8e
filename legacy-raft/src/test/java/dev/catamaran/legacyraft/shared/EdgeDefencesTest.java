package dev.catamaran.legacyraft.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.CoreSettings;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.KeyMap;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.store.FileLegacyStore;
import dev.catamaran.legacyraft.wire.CommitForm;
import dev.catamaran.legacyraft.wire.DatumForm;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.LegacyKey;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The defences that stand at the edges of the module, each beside what 1.x does there, which is
 * written out here as the mutant (spec: legacy-raft 9.1).
 */
class EdgeDefencesTest {

    private static final String KEY = Member.META + "s0";
    private static final String SOURCE =
            ",\"source\":{\"ip\":\"10.0.0.2:8848\",\"voteFor\":\"10.0.0.2:8848\",\"term\":1,"
                    + "\"leaderDueMs\":1,\"heartbeatDueMs\":1,\"state\":\"LEADER\"}}";

    @TempDir private Path home;

    /** D7: 1.x asks for a service first, and a switch key looks like a service's. */
    @Test
    void aFetchedSwitchDatumStaysWhatItIs() {
        String switches = "{\"name\":\"" + LegacyKey.SWITCH_NAME + "\",\"sendBeatOnly\":true}";
        String body =
                "[{\"key\":\""
                        + LegacyKey.SWITCH_KEY
                        + "\",\"value\":"
                        + switches
                        + ",\"timestamp\":4}]";

        Datum datum = DatumForm.decodeList(body.getBytes(StandardCharsets.UTF_8)).orThrow().get(0);

        assertThat(datum.value()).isEqualTo(switches);
        assertThat(LegacyKey.parse(datum.key()).orThrow()).isInstanceOf(LegacyKey.Switches.class);
        assertThat(datum.key().startsWith(LegacyKey.META_PREFIX))
                .as("the order of 1.x takes it for a service")
                .isTrue();
    }

    /** D9: 1.x decodes a body that nobody encoded. */
    @Test
    void aRealLeadersCommitIsTakenAsItWasSent() {
        String value = "{\"m\":{\"a\":\"b%2B+c\"}}";
        String body =
                "{\"datum\":{\"key\":\""
                        + KEY
                        + "\",\"value\":"
                        + value
                        + ",\"timestamp\":1}"
                        + SOURCE;

        CommitForm.Commit commit =
                CommitForm.decodePut(body.getBytes(StandardCharsets.UTF_8)).orThrow();

        assertThat(((Change.Put) commit.change()).datum().value()).isEqualTo(value);
        assertThat(URLDecoder.decode(body, StandardCharsets.UTF_8))
                .as("what 1.x makes of it")
                .doesNotContain(value);
    }

    /** D14: 1.3.1 and 1.3.2 write a second name, and 1.4 reads both but writes and deletes one. */
    @Test
    void bothNamesOfAKeyAreReadAndTheNewerCounts() throws IOException {
        Path folder = Files.createDirectories(home.resolve("data/naming/data/public"));
        Files.writeString(folder.resolve(KEY), DatumForm.encode(Member.datum(KEY, 1)));
        Files.writeString(folder.resolve(KEY + ".datum"), DatumForm.encode(Member.datum(KEY, 2)));

        Held held = new FileLegacyStore(home).load();

        assertThat(held.datums().get(KEY).map(Datum::timestamp)).contains(2L);
        assertThat(LegacyDatum.decode(Files.readString(folder.resolve(KEY))).orThrow().timestamp())
                .as("what a reader of one name finds")
                .isEqualTo(1);
    }

    /** D16: two owners overwrite each other's ephemeral lists; none gets into this raft. */
    @Test
    void ephemeralKeysAreRefused() {
        String key = LegacyKey.EPHEMERAL_PREFIX + "public##G@@s0";
        String body = "{\"datum\":{\"key\":\"" + key + "\",\"value\":{},\"timestamp\":1}" + SOURCE;

        assertThat(CommitForm.decodePut(body.getBytes(StandardCharsets.UTF_8)).value()).isEmpty();
        assertThat(key.startsWith(LegacyKey.LIST_PREFIX))
                .as("the test of 1.x takes it for a persistent list")
                .isTrue();
    }

    /** D18: nothing is moved at the switch of 1.4, so what differs then stays different. */
    @Test
    void theSwitchIsNotOrderedWhileMembersDiffer() {
        TreeMap<String, Optional<Map<String, Datum>>> held = new TreeMap<>();
        held.put(Member.A, Optional.of(Map.of(KEY, Member.datum(KEY, 2))));
        held.put(Member.B, Optional.of(Map.of(KEY, Member.datum(KEY, 1))));

        assertThat(SwitchOrder.compare(SwitchOrder.Flavour.HTTP, held))
                .isInstanceOfSatisfying(
                        SwitchOrder.Refused.class,
                        refused -> assertThat(refused.because()).contains(KEY));
        held.put(Member.B, Optional.empty());
        assertThat(SwitchOrder.compare(SwitchOrder.Flavour.HTTP, held))
                .isInstanceOf(SwitchOrder.Refused.class);
        held.put(Member.B, Optional.of(Map.of(KEY, Member.datum(KEY, 2))));
        assertThat(SwitchOrder.compare(SwitchOrder.Flavour.HTTP, held))
                .isEqualTo(new SwitchOrder.Allowed(1));
        assertThat(SwitchOrder.compare(SwitchOrder.Flavour.JRAFT, held))
                .isInstanceOf(SwitchOrder.Refused.class);
    }

    @Test
    void theVersionIsHiddenUntilTheClusterHasSwitchedOrIsToldTo() {
        SwitchOrder.Answer stopped =
                new SwitchOrder.Answer(500, "caused: old raft protocol already stop;");
        SwitchOrder.Answer runs = new SwitchOrder.Answer(200, "{\"leader\":\"null\"}");

        assertThat(flavour(Optional.of(runs), Optional.of(stopped)))
                .as("one that has switched draws the others after it")
                .isEqualTo(SwitchOrder.Flavour.JRAFT);
        assertThat(flavour(Optional.of(runs), Optional.empty()))
                .isEqualTo(SwitchOrder.Flavour.HTTP);
        assertThat(flavour(Optional.empty(), Optional.empty()))
                .isEqualTo(SwitchOrder.Flavour.UNKNOWN);
        assertThat(SwitchOrder.hidesVersion(SwitchOrder.Flavour.HTTP, false)).isTrue();
        assertThat(SwitchOrder.hidesVersion(SwitchOrder.Flavour.HTTP, true)).isFalse();
        assertThat(SwitchOrder.hidesVersion(SwitchOrder.Flavour.JRAFT, false)).isFalse();
        assertThat(SwitchOrder.hidesVersion(SwitchOrder.Flavour.UNKNOWN, true)).isTrue();
    }

    private static SwitchOrder.Flavour flavour(
            Optional<SwitchOrder.Answer> one, Optional<SwitchOrder.Answer> other) {
        return SwitchOrder.flavour(Map.of(Member.A, one, Member.B, other));
    }

    /** D19: 1.x writes in place, and does not start over a file it cannot read. */
    @Test
    void aTornFileIsSetAsideAndTheRestIsRead() throws IOException {
        Path folder = Files.createDirectories(home.resolve("data/naming/data/public"));
        String whole = DatumForm.encode(Member.datum(KEY, 1));
        Files.writeString(folder.resolve(KEY), whole);
        String torn = whole.substring(0, whole.length() / 2);
        Files.writeString(folder.resolve(Member.META + "torn"), torn);

        Held held = new FileLegacyStore(home).load();

        assertThat(held.datums().values()).containsExactly(Member.datum(KEY, 1));
        try (Stream<Path> kept = Files.list(home.resolve("data/catamaran/quarantine"))) {
            assertThat(kept).hasSize(1);
        }
        assertThat(LegacyDatum.decode(torn).value()).as("what 1.x throws at").isEmpty();
    }

    @Test
    void aHomeOfMembersOfOursAloneDoesNotShareARaft() {
        Held held =
                Member.holding(0, Member.services(1))
                        .at(new Position(3, 1), KeyMap.empty(), KeyMap.empty());
        assertThat(catchThrowable(() -> SharedRaft.start(settings(), held, 1)))
                .hasMessageContaining("cannot join real 1.x servers again");
    }

    private static SharedSettings settings() {
        return SharedSettings.of(CoreSettings.of(Member.A, List.of(Member.A, Member.B)));
    }
}
