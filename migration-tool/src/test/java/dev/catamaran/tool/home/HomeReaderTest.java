package dev.catamaran.tool.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.registry.reconcile.Diff;
import dev.catamaran.registry.records.ServiceKey;
import dev.catamaran.registry.v1.LegacyDatum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeReaderTest {

    @TempDir Path folder;

    private static RegistryTable records(Path... homes) throws IOException {
        HomeContents contents = HomeReader.read(List.of(homes));
        assertThat(contents).isInstanceOf(HomeContents.Records.class);
        return ((HomeContents.Records) contents).records();
    }

    private static String refusal(Path... homes) throws IOException {
        HomeContents contents = HomeReader.read(List.of(homes));
        return assertThat(contents).asInstanceOf(type(HomeContents.Refused.class)).actual().text();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.4", "1.4.2"})
    void findsEveryRecordThatTheRealClusterAnswered(String version) throws IOException {
        RegistryTable table = records(GoldenHomes.of(version));
        Dumps.check(table, GoldenHomes.of(version).resolve("expected-dump.json"));
    }

    @Test
    void refusesAHomeWhoseFilesDoNotHoldTheRecords() throws IOException {
        assertThat(refusal(GoldenHomes.of("1.3.2")))
                .contains("its files do not hold the records")
                .contains("meta.properties")
                .contains("Export the records from a live member first");
    }

    @Test
    void refusesAFolderThatIsNoHome() throws IOException {
        assertThat(refusal(folder)).contains("not the home of a 1.x server");
    }

    @Test
    void refusesABrokenRecordAndNamesItsFile() throws IOException {
        SampleHome.writeTo(folder);
        String name = "com.alibaba.nacos.naming.iplist.public##DEFAULT_GROUP@@implied";
        Path file = folder.resolve("data/naming/data/public").resolve(name);
        String whole = Files.readString(file, StandardCharsets.UTF_8);
        Files.writeString(file, whole.substring(0, whole.length() / 2));

        assertThat(refusal(folder)).contains("not a 1.x record").contains(name);
    }

    /** Servers before 1.4 took such names; the file is whole, and nothing is to be restored. */
    @Test
    void saysThatANameIsIllegalAndNotThatItsFileIsBroken() throws IOException {
        SampleHome.writeTo(folder);
        String key = "com.alibaba.nacos.naming.domains.meta.public##DEFAULT_GROUP@@订单";
        Files.writeString(
                folder.resolve("data/naming/data/public").resolve(key),
                new LegacyDatum(key, 1, "{}").encode());

        assertThat(refusal(folder))
                .contains("illegal-name: the service's service name has characters other than")
                .contains("register it under a legal name")
                .doesNotContain("not a 1.x record");
        assertThat(LegacyFiles.of(DataFolder.of(folder).orElseThrow()).findings())
                .anySatisfy(
                        finding -> {
                            assertThat(finding.what()).startsWith("illegal-name").contains(key);
                            assertThat(finding.blocks()).isTrue();
                        });
    }

    /** A real server passes over it; the record it held would be missing without a word. */
    @Test
    void refusesAnEmptyRecordFileUnlessAnotherHomeHoldsTheRecord() throws IOException {
        Path torn = folder.resolve("torn");
        Path whole = folder.resolve("whole");
        SampleHome.writeTo(torn);
        SampleHome.writeTo(whole);
        Path file;
        try (Stream<Path> files = Files.walk(torn)) {
            file = files.filter(it -> it.toString().contains("iplist")).findFirst().orElseThrow();
        }
        Files.writeString(file, "");

        assertThat(refusal(torn)).contains("is empty").contains(file.getFileName().toString());
        assertThat(records(torn, whole).instanceCount()).isEqualTo(records(whole).instanceCount());
    }

    @Test
    void takesOfEachRecordTheOneWrittenLastInAnyHome() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        SampleHome.writeTo(first);
        SampleHome.writeTo(second);
        String name = "com.alibaba.nacos.naming.iplist.public##DEFAULT_GROUP@@implied";
        Path file = second.resolve("data/naming/data/public").resolve(name);
        String newer =
                Files.readString(file, StandardCharsets.UTF_8)
                        .replace("\"weight\":1.0", "\"weight\":3.0")
                        .replace("\"timestamp\":1", "\"timestamp\":2");
        Files.writeString(file, newer);

        assertThat(records(first, second).digest()).isEqualTo(records(second).digest());
        assertThat(records(second, first).digest()).isEqualTo(records(second).digest());
        assertThat(Diff.between(records(first), records(second), 10)).hasSize(1);
    }

    @Test
    void theSampleHoldsWhatTripsOthers() throws IOException {
        SampleHome.writeTo(folder);
        RegistryTable table = records(folder);

        assertThat(table.entries().keySet().stream().map(ServiceKey::namespace).distinct())
                .hasSize(3);
        assertThat(table.entries().keySet().stream().map(ServiceKey::group).distinct()).hasSize(2);
        assertThat(table.entries().values().stream().flatMap(e -> e.clusters().values().stream()))
                .extracting(cluster -> cluster.checker().type())
                .contains("TCP", "HTTP", "MYSQL", "NONE");
        assertThat(table.entries().values().stream().flatMap(e -> e.instances().values().stream()))
                .anySatisfy(one -> assertThat(one.enabled()).isFalse())
                .anySatisfy(one -> assertThat(one.weight()).isEqualTo(7.5))
                .anySatisfy(
                        one ->
                                assertThat(one.metadata())
                                        .containsEntry("text", "a+b 100% & 中文 \"quoted\" <é>"));
        assertThat(table.instanceCount()).isGreaterThan(80);
    }

    @Test
    void copiesTheDataAndLeavesTheSourceAlone() throws IOException {
        Path source = folder.resolve("source");
        Path copy = folder.resolve("copy");
        SampleHome.writeTo(source);
        Files.createDirectories(source.resolve("conf"));
        Files.writeString(source.resolve("conf").resolve("cluster.conf"), "10.0.0.1:8848");

        HomeCopy.data(source, copy);

        assertThat(records(copy).digest()).isEqualTo(records(source).digest());
        assertThat(copy.resolve("conf")).doesNotExist();
        HomeCopy.remove(copy);
        assertThat(copy).doesNotExist();
        assertThat(records(source).instanceCount()).isPositive();
    }
}
