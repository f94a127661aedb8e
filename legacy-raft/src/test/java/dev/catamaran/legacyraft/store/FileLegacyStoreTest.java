package dev.catamaran.legacyraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.legacyraft.core.Change;
import dev.catamaran.legacyraft.core.Datum;
import dev.catamaran.legacyraft.core.Effect;
import dev.catamaran.legacyraft.core.Held;
import dev.catamaran.legacyraft.core.Position;
import dev.catamaran.legacyraft.core.Tombstone;
import dev.catamaran.legacyraft.sim.SimDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileLegacyStoreTest {

    private static final String META = "com.alibaba.nacos.naming.domains.meta.public##G@@";

    @TempDir private Path home;

    @Test
    void anEmptyHomeHoldsNothingAndStaysUntouchedByLoading() throws IOException {
        assertThat(new FileLegacyStore(home).load()).isEqualTo(Held.EMPTY);
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).isEmpty();
        }
    }

    /** Random changes, reloaded again and again, against the store in memory. */
    @Test
    void holdsWhatTheStoreInMemoryHolds() throws IOException {
        Random random = new Random(7);
        SimDisk memory = new SimDisk();
        FileLegacyStore disk = new FileLegacyStore(home);
        Held held = disk.load();
        for (int i = 0; i < 300; i++) {
            for (Effect.Save save : saves(random, memory.load())) {
                memory.apply(save);
                disk.apply(save);
            }
            if (i % 10 == 0) {
                disk = new FileLegacyStore(home);
                held = disk.load();
                assertThat(held.datums()).as("step %s", i).isEqualTo(memory.load().datums());
                assertThat(held.position()).isEqualTo(memory.load().position());
                assertThat(held.ballot()).isEqualTo(memory.load().ballot());
                assertThat(held.votedFor()).isEqualTo(memory.load().votedFor());
            }
        }
        assertThat(held.datums().size()).isPositive();
    }

    private static List<Effect.Save> saves(Random random, Held held) {
        Position next = held.position().next();
        String key = META + "s" + random.nextInt(8);
        return switch (random.nextInt(5)) {
            case 0 -> {
                long ballot = held.ballot() + 1;
                yield List.of(
                        new Effect.SaveBallot(ballot, Optional.of("m" + ballot), held.term()),
                        new Effect.SavePosition(new Position(ballot, next.index())));
            }
            case 1 ->
                    List.of(new Effect.SaveChange(new Change.Delete(new Tombstone(key, 5, next))));
            case 2 ->
                    List.of(
                            new Effect.SaveBallot(held.ballot() + 1, Optional.empty(), held.term()),
                            versionOfAnotherLeader(random, held));
            default ->
                    List.of(
                            new Effect.SaveChange(
                                    new Change.Put(new Datum(key, "{\"a\":\"+ % 中\"}", 3, next))));
        };
    }

    /** Brings a key back that was deleted here, under an older position, and deletes the rest. */
    private static Effect.Save versionOfAnotherLeader(Random random, Held held) {
        Position target = new Position(held.ballot() + 1, held.position().index() + 1);
        Datum back = new Datum(META + "s" + random.nextInt(8), "{}", 2, new Position(0, 1));
        List<Tombstone> deletes = new ArrayList<>();
        for (Datum datum : held.datums().values()) {
            if (!datum.key().equals(back.key()) && random.nextBoolean()) {
                deletes.add(new Tombstone(datum.key(), datum.timestamp(), target));
            }
        }
        return new Effect.SaveVersion(List.of(back), deletes, target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.4", "1.4.2"})
    void readsHomesOfRealServersAndBacksThemUpBeforeTheFirstWrite(String version)
            throws IOException {
        copyHome(version);
        FileLegacyStore store = new FileLegacyStore(home);
        Held held = store.load();

        assertThat(held.datums().size()).isGreaterThan(15);
        assertThat(held.position()).isEqualTo(Position.NONE);
        assertThat(home.resolve("data/catamaran")).doesNotExist();

        Path some = firstDatum();
        byte[] before = Files.readAllBytes(some);
        Datum datum = held.datums().values().get(0);
        store.apply(new Effect.SaveChange(new Change.Delete(tombstone(datum, 1))));

        Path backup = home.resolve("data/catamaran/backup/naming-1");
        Path relative = home.resolve("data/naming").relativize(some);
        assertThat(Files.readAllBytes(backup.resolve(relative.toString()))).isEqualTo(before);
        assertThat(backup.resolve("MANIFEST.txt")).content().contains(relative.toString());
        try (Stream<Path> archived = Files.list(home.resolve("data/catamaran/archive/removed"))) {
            assertThat(archived).as("a foreign datum is archived, not deleted").hasSize(1);
        }
        assertThat(new FileLegacyStore(home).load().datums().get(datum.key())).isEmpty();
    }

    @Test
    void aTornDatumOfOurOwnIsSetAsideAndMakesTheMemberIncompleteForGood() throws IOException {
        FileLegacyStore store = new FileLegacyStore(home);
        store.load();
        Datum datum = new Datum(META + "torn", "{}", 1, new Position(3, 9));
        store.apply(new Effect.SaveChange(new Change.Put(datum)));
        Path file = firstDatum();
        Files.writeString(file, Files.readString(file).substring(0, 20));
        store.apply(
                new Effect.SaveChange(
                        new Change.Put(new Datum(META + "whole", "{}", 1, new Position(3, 10)))));

        Held first = new FileLegacyStore(home).load();
        Held second = new FileLegacyStore(home).load();

        assertThat(first.damaged()).isTrue();
        assertThat(second).isEqualTo(first);
        assertThat(second.position()).isEqualTo(new Position(3, 10));
        assertThat(home.resolve("data/catamaran/quarantine")).isNotEmptyDirectory();
        assertThat(file).doesNotExist();
    }

    /** Servers before 1.4 took it; the file is whole, and there is nothing to restore. */
    @Test
    void aDatumOfAnIllegalNameIsNamedAndItsFileStays() throws IOException {
        Path folder = Files.createDirectories(home.resolve("data/naming/data/public"));
        String key = META + "订单";
        Path file = folder.resolve(key);
        Files.writeString(file, "{\"key\":\"" + key + "\",\"value\":{},\"timestamp\":1}");
        FileLegacyStore store = new FileLegacyStore(home);

        Held held = store.load();

        assertThat(held.damaged()).isFalse();
        assertThat(held.datums().get(key)).isEmpty();
        assertThat(file).exists();
        assertThat(home.resolve("data/catamaran/quarantine")).doesNotExist();
        assertThat(store.leftBehind().losses())
                .singleElement()
                .satisfies(
                        loss -> {
                            assertThat(loss.rule()).isEqualTo("illegal-name");
                            assertThat(loss.key()).isEqualTo(key);
                            assertThat(loss.what()).contains("data/naming/data/public");
                            assertThat(loss.advice()).isNotBlank();
                            assertThat(loss.blocking()).isTrue();
                        });
    }

    @Test
    void theNewerOfTwinsCountsAndAWriteLeavesOne() throws IOException {
        Path folder = Files.createDirectories(home.resolve("data/naming/data/public"));
        String key = META + "twin";
        Path plain = folder.resolve(key);
        Path twin = folder.resolve(key + ".datum");
        Files.writeString(plain, "{\"key\":\"" + key + "\",\"value\":{\"n\":1},\"timestamp\":1}");
        Files.writeString(twin, "{\"key\":\"" + key + "\",\"value\":{\"n\":2},\"timestamp\":2}");
        FileLegacyStore store = new FileLegacyStore(home);

        Datum read = store.load().datums().get(key).orElseThrow();
        assertThat(read.value()).isEqualTo("{\"n\":2}");

        store.apply(
                new Effect.SaveChange(
                        new Change.Put(new Datum(key, "{\"n\":3}", 3, new Position(1, 1)))));
        assertThat(twin).doesNotExist();
        assertThat(new FileLegacyStore(home).load().datums().get(key).orElseThrow().value())
                .isEqualTo("{\"n\":3}");
    }

    @Test
    void readsStringValuesAndUngroupedNamesOfTheOldest() throws IOException {
        Path folder = Files.createDirectories(home.resolve("data/naming/data/public"));
        String key = "com.alibaba.nacos.naming.iplist.public##old";
        Files.writeString(
                folder.resolve(key),
                "{\"key\":\""
                        + key
                        + "\",\"timestamp\":4,\"value\":\"[{\\\"ip\\\":\\\"1.1.1.1\\\"}]\"}");

        Held held = new FileLegacyStore(home).load();

        assertThat(held.datums().values())
                .containsExactly(
                        new Datum(
                                "com.alibaba.nacos.naming.iplist.public##DEFAULT_GROUP@@old",
                                "[{\"ip\":\"1.1.1.1\"}]",
                                4,
                                Position.NONE));
    }

    @Test
    void archivingMovesTheDatumsAway() throws IOException {
        FileLegacyStore store = new FileLegacyStore(home);
        store.load();
        store.apply(
                new Effect.SaveChange(
                        new Change.Put(new Datum(META + "a", "{}", 1, new Position(1, 1)))));

        Path archive = store.archive(9).orElseThrow();

        assertThat(archive).isEqualTo(home.resolve("data/catamaran/archive/legacy-epoch-9-1"));
        assertThat(archive.resolve("MANIFEST.txt")).content().contains("##G@@a");
        assertThat(home.resolve("data/naming/data")).doesNotExist();
        assertThat(store.archive(9)).isEmpty();
    }

    private static Tombstone tombstone(Datum datum, long index) {
        return new Tombstone(datum.key(), datum.timestamp(), new Position(1, index));
    }

    private Path firstDatum() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("data/naming/data/public"))) {
            return files.sorted().findFirst().orElseThrow();
        }
    }

    private void copyHome(String version) throws IOException {
        Path from = Path.of("src/test/resources/homes", version);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = home.resolve("data").resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }
}
