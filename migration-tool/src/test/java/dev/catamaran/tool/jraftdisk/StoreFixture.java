package dev.catamaran.tool.jraftdisk;

import com.google.protobuf.ByteString;
import dev.catamaran.registry.v2.SnapshotArchive;
import dev.catamaran.tool.jraftdisk.wire.StoredFile;
import dev.catamaran.tool.jraftdisk.wire.StoredFileMeta;
import dev.catamaran.tool.jraftdisk.wire.StoredSnapshot;
import dev.catamaran.tool.jraftdisk.wire.StoredSnapshotMeta;
import dev.catamaran.tool.jraftdisk.wire.StoredVote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes a group's folder like a server's. */
final class StoreFixture {

    private final GroupFolder group;
    private final List<RocksDoor.Put> puts = new ArrayList<>();

    private StoreFixture(GroupFolder group) {
        this.group = group;
    }

    static StoreFixture in(Path home) {
        return new StoreFixture(
                new GroupFolder(home.resolve("naming_persistent_service_v2").toAbsolutePath()));
    }

    static StoreFixture at(GroupFolder group) {
        return new StoreFixture(group);
    }

    /** Ten entries of two terms: three members, 127.0.0.1 to 127.0.0.3; ready to be written. */
    static StoreFixture small(Path home) {
        Configuration three = Entries.members("10.0.0.1:7848", "10.0.0.2:7848", "10.0.0.3:7848");
        StoreFixture fixture = in(home).configuration(1, 1, three);
        for (int index = 2; index <= 6; index++) {
            fixture.entry(index, Entries.data(index, 1, "payload " + index));
        }
        fixture.configuration(7, 2, three);
        for (int index = 8; index <= 10; index++) {
            fixture.entry(index, Entries.data(index, 2, "payload " + index));
        }
        return fixture.vote(2, "10.0.0.2:7848");
    }

    StoreFixture entry(long index, byte[] stored) {
        return put(Family.ENTRIES, LogPass.key(index), stored);
    }

    StoreFixture put(Family family, byte[] key, byte[] value) {
        puts.add(new RocksDoor.Put(family, key, value));
        return this;
    }

    StoreFixture configuration(long index, long term, Configuration members) {
        return configuration(index, Entries.configuration(index, term, members));
    }

    StoreFixture configuration(long index, byte[] stored) {
        return entry(index, stored).put(Family.CONFIGURATION, LogPass.key(index), stored);
    }

    StoreFixture firstIndex(long index) {
        return put(Family.CONFIGURATION, LogPass.FIRST_INDEX, LogPass.key(index));
    }

    StoreFixture vote(long term, String votedFor) {
        try {
            Files.createDirectories(group.vote().getParent());
            MessageFile.VOTE.write(
                    group.vote(),
                    StoredVote.newBuilder().setTerm(term).setVotedFor(votedFor).build());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    StoreFixture snapshot(long index, long term, Configuration members, byte[] content) {
        Path folder = group.snapshots().resolve("snapshot_" + index);
        StoredSnapshotMeta.Builder meta =
                StoredSnapshotMeta.newBuilder()
                        .setLastIncludedIndex(index)
                        .setLastIncludedTerm(term);
        members.peers().forEach(peer -> meta.addPeers(peer.text()));
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("data.zip"), content);
            MessageFile.SNAPSHOT.write(
                    folder.resolve("__raft_snapshot_meta"),
                    StoredSnapshot.newBuilder()
                            .setMeta(meta)
                            .addFiles(
                                    StoredFile.newBuilder()
                                            .setName("data.zip")
                                            .setMeta(
                                                    StoredFileMeta.newBuilder()
                                                            .setUserMeta(
                                                                    ByteString.copyFromUtf8(
                                                                            SnapshotArchive
                                                                                    .fileMeta(
                                                                                            content)))))
                            .build());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the log, one record of the write-ahead log per entry. */
    GroupFolder write(String version) {
        try {
            Files.createDirectories(group.log());
            try (RocksDoor.Store store = Rocks.maker(version).create(group.log())) {
                for (RocksDoor.Put put : puts) {
                    store.write(List.of(put));
                }
            }
            return group;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #write}, with everything in tables. */
    GroupFolder writeTables(String version) {
        GroupFolder written = write(version);
        try (RocksDoor.Store store =
                Rocks.loaded(version)
                        .door()
                        .openToWrite(written.log(), Files.createTempDirectory("rocks"))) {
            store.flush();
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of a group under another folder, as whoever rewrites makes one first. */
    static GroupFolder copy(GroupFolder group, Path into) throws IOException {
        Path copy = into.resolve(group.name());
        try (Stream<Path> files = Files.walk(group.path())) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(group.path().relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return new GroupFolder(copy);
    }

    /** Name, time and content of every file below a folder. */
    static Map<String, String> picture(Path folder) {
        Map<String, String> picture = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                String content =
                        Files.isRegularFile(file)
                                ? HexFormat.of()
                                        .formatHex(
                                                LogHashes.sha256().digest(Files.readAllBytes(file)))
                                : "folder";
                picture.put(
                        folder.relativize(file).toString(),
                        Files.getLastModifiedTime(file) + " " + content);
            }
            return picture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of a log that ends so, the last by name. */
    static Path file(GroupFolder group, String ending) throws IOException {
        try (Stream<Path> files = Files.list(group.log())) {
            Optional<Path> last =
                    files.filter(file -> file.toString().endsWith(ending))
                            .max((a, b) -> a.toString().compareTo(b.toString()));
            return last.orElseThrow();
        }
    }
}
