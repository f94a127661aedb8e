package dev.catamaran.tool.jraftdisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoreRewriterTest {

    private static final Configuration THREE =
            Entries.members("10.0.0.1:7848", "10.0.0.2:7848", "10.0.0.3:7848");
    private static final PeerMap MOVED =
            PeerMap.of(
                    Map.of(
                            "10.0.0.1:7848", "nacos-0.nacos:7848",
                            "10.0.0.2:7848", "10.0.0.1:7848",
                            "10.0.0.3:7848", "10.0.0.2:7948"));

    @TempDir Path folder;
    @TempDir Path scratch;

    private StoreFacts read(GroupFolder group) {
        return new StoreReader(Rocks.loaded(Rocks.V8), scratch).read(group);
    }

    private GroupFolder copy(GroupFolder original) throws IOException {
        return StoreFixture.copy(original, folder.resolve("copy"));
    }

    private static StoreFixture rich(Path home) {
        Configuration joint =
                new Configuration(
                        Entries.peers("10.0.0.1:7848", "10.0.0.2:7848"),
                        THREE.peers(),
                        Entries.peers("10.0.0.3:7848::5"),
                        Entries.peers("10.0.0.3:7848:1"));
        return StoreFixture.small(home)
                .configuration(11, 2, joint)
                .configuration(12, 2, Entries.members("10.0.0.1:7848", "10.0.0.2:7848"))
                .entry(13, Entries.withChecksum(Entries.data(13, 2, "summed")))
                .configuration(14, Entries.withChecksum(Entries.configuration(14, 2, joint)))
                .snapshot(4, 1, THREE, "state".getBytes(StandardCharsets.UTF_8));
    }

    static java.util.stream.Stream<String> rocks() {
        return Rocks.all();
    }

    @ParameterizedTest
    @MethodSource("rocks")
    void renamesEverythingThatNamesMembersAndNothingElse(String version) throws IOException {
        GroupFolder original = rich(folder.resolve("home")).write(version);
        Map<String, String> untouched = StoreFixture.picture(original.path());
        GroupFolder copy = copy(original);
        StoreFacts before = read(original);

        new StoreRewriter(Rocks.loaded(version), scratch)
                .rewrite(copy, before, MOVED, Optional.empty());

        StoreFacts after = read(copy);
        assertThat(StoreVerifier.differences(before, after, MOVED, Optional.empty())).isEmpty();
        assertThat(after.findings()).isEmpty();
        assertThat(after.peers().stream().map(Peer::text))
                .containsExactlyInAnyOrder(
                        "nacos-0.nacos:7848",
                        "10.0.0.1:7848",
                        "10.0.0.2:7948",
                        "10.0.0.2:7948:1",
                        "10.0.0.2:7948::5");
        assertThat(after.vote()).contains(new StoreFacts.Vote(2, Peer.parse("10.0.0.1:7848")));
        assertThat(after.snapshot().orElseThrow().configuration()).isEqualTo(MOVED.image(THREE));
        assertThat(after.rocksdbVersion()).isEqualTo(before.rocksdbVersion());
        assertThat(StoreFixture.picture(original.path())).isEqualTo(untouched);
    }

    @ParameterizedTest
    @MethodSource("rocks")
    void theWayBackGivesTheSameFacts(String version) throws IOException {
        GroupFolder original = rich(folder.resolve("home")).write(version);
        GroupFolder copy = copy(original);
        StoreFacts before = read(original);
        StoreRewriter rewriter = new StoreRewriter(Rocks.loaded(version), scratch);

        rewriter.rewrite(copy, before, MOVED, Optional.empty());
        rewriter.rewrite(copy, read(copy), MOVED.inverse(), Optional.empty());

        assertThat(read(copy)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("rocks")
    void appendsNewVotersUnderAHigherTerm(String version) throws IOException {
        GroupFolder original = rich(folder.resolve("home")).write(version);
        GroupFolder copy = copy(original);
        StoreFacts before = read(original);
        Optional<AppendedVoters> appended =
                Optional.of(new AppendedVoters(Entries.peers("nacos-0.nacos:7848"), 8));

        new StoreRewriter(Rocks.loaded(version), scratch).rewrite(copy, before, MOVED, appended);

        StoreFacts after = read(copy);
        assertThat(StoreVerifier.differences(before, after, MOVED, appended)).isEmpty();
        assertThat(after.lastIndex()).isEqualTo(15);
        assertThat(after.lastTerm()).isEqualTo(8);
        assertThat(after.configuration()).contains(Entries.members("nacos-0.nacos:7848"));
        assertThat(after.vote()).contains(new StoreFacts.Vote(8, Optional.empty()));
    }

    @Test
    void appendsInThePlaceOfAPlaceholder() throws IOException {
        GroupFolder original =
                StoreFixture.in(folder.resolve("home"))
                        .entry(101, Entries.noOp(101, 0))
                        .firstIndex(101)
                        .snapshot(100, 3, THREE, new byte[] {1})
                        .vote(3, Peer.NOBODY)
                        .write(Rocks.V7);
        GroupFolder copy = copy(original);
        Optional<AppendedVoters> appended =
                Optional.of(new AppendedVoters(Entries.peers("nacos-0.nacos:7848"), 4));

        StoreFacts before = read(original);
        new StoreRewriter(Rocks.loaded(Rocks.V7), scratch).rewrite(copy, before, MOVED, appended);

        assertThat(StoreVerifier.differences(before, read(copy), MOVED, appended)).isEmpty();
        assertThat(read(copy).lastIndex()).isEqualTo(101);
    }

    @Test
    void renamesConfigurationsThatAServerWouldStillReadBelowTheFirstIndex() throws IOException {
        GroupFolder original =
                StoreFixture.small(folder.resolve("home"))
                        .firstIndex(5)
                        .snapshot(4, 1, THREE, new byte[] {1})
                        .write(Rocks.V5);
        GroupFolder copy = copy(original);

        new StoreRewriter(Rocks.loaded(Rocks.V5), scratch)
                .rewrite(copy, read(original), MOVED, Optional.empty());

        assertThat(read(copy).peers()).containsExactlyElementsOf(MOVED.image(THREE).all());
        assertThat(read(copy).log().orElseThrow().configurations()).hasSize(2);
    }

    @Test
    void writesNothingWhileAMemberHasNoImage() throws IOException {
        GroupFolder original = rich(folder.resolve("home")).write(Rocks.V8);
        Map<String, String> untouched = StoreFixture.picture(original.path());
        PeerMap partial = PeerMap.of(Map.of("10.0.0.1:7848", "10.0.0.9:7848"));
        StoreRewriter rewriter = new StoreRewriter(Rocks.loaded(Rocks.V8), scratch);

        assertThatThrownBy(
                        () -> rewriter.rewrite(original, read(original), partial, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.0.0.2:7848");
        assertThat(StoreFixture.picture(original.path())).isEqualTo(untouched);
    }

    @Test
    void writesNothingWithARocksDbOlderThanTheStores() throws IOException {
        GroupFolder original = rich(folder.resolve("home")).write(Rocks.V8);

        assertThatThrownBy(
                        () ->
                                new StoreRewriter(Rocks.loaded(Rocks.V5), scratch)
                                        .rewrite(original, read(original), MOVED, Optional.empty()))
                .hasMessageContaining("5.18.4 must not write what 8.8.1");
    }

    @Test
    void leavesAnEntryOfTheOldFormInItsForm() {
        byte[] peer = "10.0.0.1:7848".getBytes(StandardCharsets.US_ASCII);
        byte[] old =
                ByteBuffer.allocate(21 + 4 + 2 + peer.length + 4)
                        .put((byte) 0xB8)
                        .putInt(3)
                        .putLong(7)
                        .putLong(2)
                        .putInt(1)
                        .putShort((short) peer.length)
                        .put(peer)
                        .putInt(0)
                        .array();
        LogEntry entry = EntryCodec.decode(old);

        byte[] renamed = EntryCodec.withMembers(entry, MOVED.image(entry.members()));

        assertThat(EntryCodec.withMembers(entry, entry.members())).isEqualTo(old);
        assertThat(renamed[0]).isEqualTo((byte) 0xB8);
        assertThat(EntryCodec.decode(renamed).members())
                .isEqualTo(Entries.members("nacos-0.nacos:7848"));
        assertThat(EntryCodec.decode(renamed).toString()).isEqualTo("CONFIGURATION 7@2");
    }

    /** Whatever goes wrong in the copy must be told, one thing at a time. */
    @Test
    void tellsEveryOtherDifference() throws IOException {
        StoreFacts before = read(rich(folder.resolve("home")).write(Rocks.V8));
        List<UnaryOperator<StoreFixture>> harms =
                List.of(
                        fixture -> fixture.entry(9, Entries.data(9, 2, "payload X")),
                        fixture -> fixture.entry(15, Entries.data(15, 2, "more")),
                        fixture -> fixture.vote(3, "10.0.0.2:7848"),
                        fixture -> fixture.vote(2, "10.0.0.3:7848"),
                        fixture -> fixture.vote(2, Peer.NOBODY),
                        fixture -> fixture.firstIndex(2),
                        fixture -> fixture.configuration(7, 2, Entries.members("10.0.0.1:7848")),
                        fixture -> fixture.entry(10, Entries.noOp(10, 2)),
                        fixture -> fixture.entry(13, Entries.data(13, 2, "summed")),
                        fixture ->
                                fixture.snapshot(
                                        4, 1, THREE, "other".getBytes(StandardCharsets.UTF_8)));
        PeerMap identity =
                PeerMap.of(
                        Map.of(
                                "10.0.0.1:7848", "10.0.0.1:7848",
                                "10.0.0.2:7848", "10.0.0.2:7848",
                                "10.0.0.3:7848", "10.0.0.3:7848"));
        assertThat(StoreVerifier.differences(before, before, identity, Optional.empty())).isEmpty();
        List<Integer> unseen = new ArrayList<>();
        for (int i = 0; i < harms.size(); i++) {
            StoreFixture harmed = harms.get(i).apply(rich(folder.resolve("harmed" + i)));
            StoreFacts after = read(harmed.write(Rocks.V8));
            if (StoreVerifier.differences(before, after, identity, Optional.empty()).isEmpty()) {
                unseen.add(i);
            }
        }

        // the checksum of a payload's entry is JRaft's own, and says nothing that its hash does not
        assertThat(unseen).containsExactly(8);
    }
}
