package dev.catamaran.tool.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.explain.NodeEvent.GroupLeader;
import dev.catamaran.tool.explain.NodeEvent.LegacyLeader;
import dev.catamaran.tool.explain.NodeEvent.MembersChanged;
import dev.catamaran.tool.explain.NodeEvent.NotInConfiguration;
import dev.catamaran.tool.explain.NodeEvent.RedirectRefused;
import dev.catamaran.tool.explain.NodeEvent.StoreFailed;
import dev.catamaran.tool.explain.NodeEvent.UpgradeChecked;
import dev.catamaran.tool.explain.NodeEvent.WentDown;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GrammarTest {

    private static final String BEFORE = "2026-11-21 22:17:20,492 INFO ";

    @Test
    void readsTheEntriesThatMoveANode() {
        assertThat(event("Downgrade to 1.X")).contains(new WentDown());
        assertThat(event("upgrade check result false")).contains(new UpgradeChecked(false));
        assertThat(event("Client connection 10.2.0.2:7001#true disconnect")).isEmpty();
    }

    @Test
    void readsTheTimeThatTheServerWrote() {
        assertThat(LogLine.read(BEFORE + "x", "f:1").orElseThrow().at())
                .isEqualTo(LocalDateTime.of(2026, 11, 21, 22, 17, 20, 492_000_000));
    }

    @Test
    void takesNoStackTraceAndNoImpossibleDateForAnEntry() {
        assertThat(LogLine.read("\tat com.alibaba.nacos.naming.misc.HttpClient.request", "f:1"))
                .isEmpty();
        assertThat(LogLine.read("2026-02-31 22:17:20,492 INFO x", "f:1")).isEmpty();
        assertThat(LogLine.read("2026-13-01 22:17:20,492 INFO x", "f:1")).isEmpty();
        assertThat(LogLine.read("2026-11-21 25:17:20,492 INFO x", "f:1")).isEmpty();
        assertThat(LogLine.read("", "f:1")).isEmpty();
    }

    @Test
    void knowsWhoseLogItReadsByTheFormOfTheRaftMetadata() {
        MembersChanged changed =
                (MembersChanged)
                        event(
                                        "member change, event:"
                                            + " MembersChangeEvent{members=[Member{ip='127.0.0.2',"
                                            + " port=8848, state=UP,"
                                            + " extendInfo={raftMetaData={metaDataMap={}},"
                                            + " readyToUpgrade=true, version=2.0.3}},"
                                            + " Member{ip='127.0.0.1', port=8848, state=UP,"
                                            + " extendInfo={"
                                            + "raftMetaData=com.alibaba.nacos.consistency.ProtocolMetaData@43233fe1,"
                                            + " version=2.0.3}}], triggers=[Member{ip='n3.example',"
                                            + " port=8848, state=DOWN,"
                                            + " extendInfo={raftPort=7848}}], no=174}")
                                .orElseThrow();

        assertThat(changed.members())
                .containsExactly(
                        new NodeEvent.Member(
                                "127.0.0.2:8848",
                                "UP",
                                Optional.of("2.0.3"),
                                Optional.of(true),
                                false),
                        new NodeEvent.Member(
                                "127.0.0.1:8848",
                                "UP",
                                Optional.of("2.0.3"),
                                Optional.empty(),
                                true));
        assertThat(changed.triggers())
                .containsExactly(
                        new NodeEvent.Member(
                                "n3.example:8848",
                                "DOWN",
                                Optional.empty(),
                                Optional.empty(),
                                false));
    }

    @Test
    void readsWhatTheRaftsWrite() {
        assertThat(
                        event(
                                "Node <nacos_config/127.0.0.11:7848> can't do preVote as it is not"
                                    + " in conf <ConfigurationEntry [id=LogId [index=1, term=1],"
                                    + " conf=127.0.0.2:7848,127.0.0.1:7848, oldConf=]>."))
                .contains(
                        new NotInConfiguration(
                                "nacos_config",
                                "127.0.0.11:7848",
                                List.of("127.0.0.2:7848", "127.0.0.1:7848")));
        assertThat(event("Raft group naming_persistent_service has leader null"))
                .contains(
                        new GroupLeader(
                                "naming_persistent_service", Optional.empty(), Optional.empty()));
        assertThat(
                        event(
                                "This Raft event changes : RaftEvent{groupId='nacos_config',"
                                        + " leader='127.0.0.3:7848', term=7, raftClusterInfo=[]}"))
                .contains(
                        new GroupLeader(
                                "nacos_config", Optional.of("127.0.0.3:7848"), Optional.of(7L)));
        assertThat(
                        event(
                                "127.0.0.2:8848 has become the LEADER, local: {\"term\":1}, leader:"
                                        + " {\"ip\":\"127.0.0.2:8848\",\"term\":2}"))
                .contains(new LegacyLeader("127.0.0.2:8848", Optional.of(2L)));
        assertThat(event("receive invalid redirect request from peer 10.0.0.2"))
                .contains(new RedirectRefused("10.0.0.2"));
        assertThat(event("StateMachine x.y.Machine onSnapshotLoad failed"))
                .get()
                .isInstanceOf(StoreFailed.class);
    }

    @Test
    void tellsOnlyListsOfAliveMembersThatChanged() {
        assertThat(
                        event(
                                "[NACOS-DISTRO] healthy server list changed, old: [a:1, b:1], new:"
                                        + " [b:1, a:1]"))
                .isEmpty();
        assertThat(event("[NACOS-DISTRO] healthy server list changed, old: [a:1, b:1], new: [a:1]"))
                .isPresent();
    }

    @Test
    void everyKindOfEventHasWords() {
        Random random = new Random(1);
        assertThat(NodeEvent.class.getPermittedSubclasses())
                .filteredOn(kind -> kind != NodeEvent.Member.class)
                .allSatisfy(kind -> assertThat(Words.of(sample(kind, random))).isNotBlank());
    }

    private static NodeEvent sample(Class<?> kind, Random random) {
        Object[] values =
                Arrays.stream(kind.getRecordComponents())
                        .map(part -> value(part.getType(), random))
                        .toArray();
        try {
            return (NodeEvent) kind.getDeclaredConstructors()[0].newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(kind + " cannot be made", e);
        }
    }

    private static Object value(Class<?> type, Random random) {
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == long.class) {
            return random.nextLong();
        }
        if (type == List.class) {
            return List.of();
        }
        return type == Optional.class ? Optional.empty() : "text";
    }

    private static Optional<NodeEvent> event(String message) {
        return LogLine.read(BEFORE + message, "f:1").flatMap(Grammar::read);
    }
}
