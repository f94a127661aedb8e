package dev.catamaran.server.stack.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import dev.catamaran.judgement.Phase;
import dev.catamaran.judgement.UpgradeState;
import dev.catamaran.server.stack.StackPosition;
import dev.catamaran.server.stack.jraft.GroupState.SnapshotFile;
import dev.catamaran.server.stack.jraft.GroupState.UnreadableEntryException;
import dev.catamaran.server.transition.Move;
import dev.catamaran.server.transition.TransitionState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TransitionGroupStateTest {

    private static final UpgradeState MIRRORING = UpgradeState.START.movedTo(Phase.MIRRORING);
    private static final TransitionState FULL =
            new TransitionState(
                    "c1",
                    1,
                    MIRRORING.fencedFor(Phase.JRAFT).held("lunch \u00e9"),
                    new StackPosition(new TreeMap<>(Map.of("g", 12L, "h", 0L))),
                    "abc",
                    "asked");

    private static final long AT_MS = 1_700_000_000_000L;
    private static final String LEADER = "10.0.0.1:8848";

    private final TransitionGroupState state = new TransitionGroupState();

    @Test
    void everyFieldComesBackFromAnEntryAndFromASnapshot() throws Exception {
        assertThat(state.apply(entry(FULL), 1)).isEmpty();
        assertThat(state.applied()).isEqualTo(FULL);

        TransitionGroupState other = new TransitionGroupState();
        other.load(state.capture().call());
        assertThat(other.applied()).isEqualTo(FULL);
    }

    @Test
    void onlyTheNextRevisionOfTheSameClusterReplaces() throws Exception {
        TransitionState one = next("c1", 1, MIRRORING);
        assertThat(TransitionGroupState.follows(TransitionState.START, next("", 1, MIRRORING)))
                .isFalse();
        state.apply(entry(one), 1);

        assertThat(state.apply(entry(one), 2)).isEqualTo(TransitionGroupState.REFUSED);
        for (TransitionState wrong :
                new TransitionState[] {
                    next("c1", 3, MIRRORING),
                    next("c2", 2, MIRRORING),
                    next("c1", 2, UpgradeState.START)
                }) {
            assertThat(state.apply(entry(wrong), 3)).isEqualTo(TransitionGroupState.REFUSED);
        }
        assertThat(state.applied()).isEqualTo(one);
        assertThat(state.apply(entry(next("c1", 2, MIRRORING)), 4)).isEmpty();
    }

    @Test
    void rubbishIsUnreadableAndChangesNothing() {
        for (String text : new String[] {"", "[]", "{}", "{\"clusterId\":1}", "nonsense", "null"}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(
                            () ->
                                    state.apply(
                                            Payloads.request(
                                                    Groups.TRANSITION,
                                                    TransitionGroupState.OPERATION,
                                                    bytes),
                                            1))
                    .as(text)
                    .isInstanceOf(UnreadableEntryException.class);
            assertThatThrownBy(() -> state.load(new SnapshotFile(bytes, "")))
                    .as(text)
                    .isInstanceOf(IOException.class);
        }
        assertThat(state.applied()).isEqualTo(TransitionState.START);
    }

    @Test
    void theNewestMovesAreToldWithTheirTimeAndSurviveASnapshot() throws Exception {
        for (int revision = 1; revision <= 250; revision++) {
            state.apply(entry(next("c1", revision, MIRRORING)), revision);
        }
        assertThat(state.history()).hasSize(200);
        assertThat(state.history().get(0).state().revision()).isEqualTo(51);
        assertThat(state.history().get(199))
                .isEqualTo(new Move(next("c1", 250, MIRRORING), AT_MS, LEADER));

        TransitionGroupState other = new TransitionGroupState();
        other.load(state.capture().call());
        assertThat(other.history()).isEqualTo(state.history());
        assertThat(new TransitionGroupState().history()).isEmpty();
    }

    @Test
    void entriesAndSnapshotsWithoutTimesAreReadToo() throws Exception {
        String bare =
                "{\"clusterId\":\"c1\",\"revision\":1,\"phase\":\"MIRRORING\",\"epoch\":1,"
                        + "\"held\":false,\"holdReason\":\"\",\"readFrom\":{},\"digest\":\"\","
                        + "\"because\":\"asked\"}";
        state.load(new SnapshotFile(bare.getBytes(StandardCharsets.UTF_8), ""));

        assertThat(state.history()).hasSize(1);
        assertThat(state.history().get(0).atMs()).isZero();
        assertThat(state.history().get(0).by()).isEmpty();
    }

    private WriteRequest entry(TransitionState next) {
        return state.entry(new Move(next, AT_MS, LEADER));
    }

    private static TransitionState next(String cluster, long revision, UpgradeState upgrade) {
        return new TransitionState(cluster, revision, upgrade, StackPosition.NONE, "", "");
    }
}
