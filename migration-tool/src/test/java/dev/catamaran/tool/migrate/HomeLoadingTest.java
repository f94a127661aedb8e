package dev.catamaran.tool.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.tool.home.GoldenHomes;
import dev.catamaran.tool.home.HomeCopy;
import dev.catamaran.tool.live.Credentials;
import dev.catamaran.tool.live.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeLoadingTest {

    @TempDir Path folder;

    private static Loaded load(Path... homes) throws IOException {
        return HomeLoading.load(List.of(homes));
    }

    private static Loaded.Records records(Loaded loaded) {
        assertThat(loaded).isInstanceOf(Loaded.Records.class);
        return (Loaded.Records) loaded;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.4.2", "2.0.3-before", "2.0.3-upgraded", "2.4.1"})
    void readsHomesOfEveryGeneration(String name) throws IOException {
        Loaded.Records loaded = records(load(GoldenHomes.unpacked(name, folder)));

        assertThat(loaded.records().table().serviceCount()).isEqualTo(11);
        assertThat(loaded.records().effective().instanceCount()).isEqualTo(20);
        assertThat(loaded.version()).isNotEmpty();
    }

    /** Who went from 1.4 to 2.2 or later at once has such a home. */
    @Test
    void takesTheOldRecordsWhereTheServerAnswersNothing() throws IOException {
        Path home = GoldenHomes.unpacked("2.4.1", folder);
        Path old = GoldenHomes.unpacked("1.4.2", folder);
        Path raft = home.resolve("data/protocol/raft");
        for (String group :
                List.of(
                        "naming_persistent_service_v2",
                        "naming_service_metadata",
                        "naming_instance_metadata")) {
            HomeCopy.remove(raft.resolve(group));
            copy(raft.resolve("naming_persistent_service"), raft.resolve(group));
        }
        HomeCopy.remove(home.resolve("data/naming"));
        Files.move(old.resolve("data/naming"), home.resolve("data/naming"));

        assertThat(records(load(home)).records().table().instanceCount()).isEqualTo(20);
    }

    @Test
    void readsTheMemberThatIsFurthest() throws IOException {
        Path behind = GoldenHomes.unpacked("2.4.1", folder.resolve("a"));
        Path raft = behind.resolve("data/protocol/raft");
        HomeCopy.remove(raft.resolve("naming_persistent_service_v2"));
        copy(
                raft.resolve("naming_persistent_service"),
                raft.resolve("naming_persistent_service_v2"));
        Path ahead = GoldenHomes.unpacked("2.4.1", folder.resolve("b"));

        Loaded.Records loaded = records(load(behind, ahead));

        assertThat(loaded.records().table().instanceCount()).isEqualTo(20);
    }

    @Test
    void refusesMembersOfWhomNoneIsFurthest() throws IOException {
        Path one = GoldenHomes.unpacked("2.4.1", folder.resolve("a"));
        Path two = GoldenHomes.unpacked("2.4.1", folder.resolve("b"));
        Path inOne = one.resolve("data/protocol/raft");
        Path inTwo = two.resolve("data/protocol/raft");
        HomeCopy.remove(inOne.resolve("naming_persistent_service_v2"));
        HomeCopy.remove(inTwo.resolve("naming_service_metadata"));
        copy(
                inOne.resolve("naming_persistent_service"),
                inOne.resolve("naming_persistent_service_v2"));
        copy(inTwo.resolve("naming_persistent_service"), inTwo.resolve("naming_service_metadata"));

        assertThat(load(one, two))
                .isInstanceOfSatisfying(
                        Loaded.Refused.class,
                        refused -> assertThat(refused.text()).contains("none of the homes"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    @Test
    void refusesAHomeThatLacksRecords() throws IOException {
        Path home = GoldenHomes.unpacked("1.3.2", folder);

        assertThat(load(home))
                .isInstanceOfSatisfying(
                        Loaded.Refused.class,
                        refused ->
                                assertThat(refused.text())
                                        .contains("are not complete")
                                        .contains("--from-live URL"));
    }

    @Test
    void isUsedForEveryHomeWithGroups() throws IOException {
        Path home = GoldenHomes.unpacked("2.4.1", folder);

        assertThat(
                        records(
                                        SourceReader.read(
                                                new Source.Homes(List.of(home)),
                                                new Access(Credentials.NONE, Set.of(), 1),
                                                Progress.SILENT))
                                .records()
                                .overrides())
                .isNotEmpty();
    }
}
