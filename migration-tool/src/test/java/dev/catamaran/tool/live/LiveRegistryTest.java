package dev.catamaran.tool.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.tool.live.FakeNacos.Kind;
import dev.catamaran.tool.records.RecordSet;
import dev.catamaran.tool.records.SomeRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LiveRegistryTest {

    private static final RecordSet RICH = SomeRecords.rich();

    @ParameterizedTest
    @CsvSource({"V1_RAFT, V1X, ''", "V1_CATALOG, V1X, 1.4.2", "V2, V2X, 2.4.1", "V3, V3X, 3.1.0"})
    void knowsWhatAServerIsByWhatItAnswers(Kind kind, Generation generation, String version)
            throws IOException {
        try (FakeNacos fake = new FakeNacos(kind);
                LiveRegistry registry = connect(fake, Credentials.NONE)) {
            assertThat(registry.kind()).isEqualTo(new ServerKind(generation, version));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void readsEveryNamespaceGroupAndPage(Kind kind) throws IOException {
        RecordSet many = SomeRecords.many(703);
        try (FakeNacos fake = new FakeNacos(kind).holding(many);
                LiveRegistry registry = connect(fake, Credentials.NONE)) {
            RegistryTable read = registry.read(Progress.SILENT);

            assertThat(VisibleRecords.of(read, true).digest())
                    .isEqualTo(VisibleRecords.of(many.table(), true).digest());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void readsEveryFieldAndWhatOperatorsLaidOver(Kind kind) throws IOException {
        boolean plain = kind == Kind.V1_RAFT || kind == Kind.V1_CATALOG;
        RecordSet records = plain ? RecordSet.of(RICH.effective()) : RICH;
        try (FakeNacos fake = new FakeNacos(kind).holding(records);
                LiveRegistry registry = connect(fake, Credentials.NONE)) {
            boolean hides = registry.kind().hidesEmptyClusters();

            assertThat(VisibleRecords.of(registry.read(Progress.SILENT), hides).entries())
                    .isEqualTo(VisibleRecords.of(RICH.effective(), hides).entries());
            assertThat(hides).isEqualTo(!plain);
        }
    }

    @Test
    void readsWholeRecordsWhereTheOldRaftRuns() throws IOException {
        try (FakeNacos fake = new FakeNacos(Kind.V1_RAFT).holding(RICH);
                LiveRegistry registry = connect(fake, Credentials.NONE)) {
            assertThat(
                            registry.read(Progress.SILENT)
                                    .entry(SomeRecords.RICH)
                                    .orElseThrow()
                                    .service()
                                    .extras()
                                    .fields())
                    .containsEntry("owners", "[\"me\"]");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void logsInAndAgainWhenItsTokenIsForgotten(Kind kind) throws IOException {
        try (FakeNacos fake = new FakeNacos(kind).holding(RICH).wanting("nacos");
                LiveRegistry registry =
                        connect(fake, new Credentials("nacos", FakeNacos.PASSWORD))) {
            registry.read(Progress.SILENT);
            fake.forgetTokens();

            assertThat(registry.read(Progress.SILENT).serviceCount()).isEqualTo(2);
            assertThat(fake.logins()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void saysWhatToDoWhenItIsNotLetInAndNeverThePassword() throws IOException {
        try (FakeNacos fake = new FakeNacos(Kind.V2).wanting("nacos")) {
            assertThatThrownBy(
                            () ->
                                    connect(fake, new Credentials("nacos", "wr0ng"))
                                            .read(Progress.SILENT))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("user nacos")
                    .hasMessageNotContaining("wr0ng");
            assertThatThrownBy(() -> connect(fake, Credentials.NONE).read(Progress.SILENT))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("wants a login");
        }
        assertThat(new Credentials("nacos", "s3cret").toString()).doesNotContain("s3cret");
    }

    @Test
    void waitsForAServerThatIsBusyForAMoment() throws IOException {
        try (FakeNacos fake = new FakeNacos(Kind.V2).holding(RICH);
                LiveRegistry registry = connect(fake, Credentials.NONE)) {
            fake.stayBusyFor(3);

            assertThat(registry.read(Progress.SILENT).serviceCount()).isEqualTo(2);
        }
    }

    @Test
    void givesUpOnAServerThatIsNotThere() throws IOException {
        FakeNacos fake = new FakeNacos(Kind.V2);
        fake.close();
        try (LiveServer server =
                new LiveServer(fake.address(), Credentials.NONE, Duration.ofMillis(300))) {
            assertThatThrownBy(() -> LiveRegistry.connect(server, Set.of(), 1))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("cannot be reached");
        }
    }

    @Test
    void doesNotWaitForAServerThatNeverAnswered() throws IOException {
        FakeNacos fake = new FakeNacos(Kind.V2);
        fake.close();
        long begun = System.nanoTime();
        try (LiveServer server = new LiveServer(fake.address(), Credentials.NONE)) {
            assertThatThrownBy(() -> LiveRegistry.connect(server, Set.of(), 1))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("Check the address and its port");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void takesNoAddressWithAUserInIt() {
        assertThat(ServerAddress.parse("http://h")).hasToString("Optional[http://h:8848/nacos]");
        assertThat(ServerAddress.parse("https://h:1/registry/"))
                .hasToString("Optional[https://h:1/registry]");
        assertThat(ServerAddress.parse("http://nacos:pw@h")).isEmpty();
        assertThat(ServerAddress.parse("ftp://h")).isEmpty();
        assertThat(ServerAddress.parse("/data/home")).isEmpty();
    }

    private static LiveRegistry connect(FakeNacos fake, Credentials credentials)
            throws IOException {
        return LiveRegistry.connect(new LiveServer(fake.address(), credentials), Set.of(), 8);
    }
}
