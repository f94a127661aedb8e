package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.HomeCopy;
import dev.catamaran.tool.jraftdisk.AppendedVoters;
import dev.catamaran.tool.jraftdisk.GroupFolder;
import dev.catamaran.tool.jraftdisk.LoadedRocks;
import dev.catamaran.tool.jraftdisk.Peer;
import dev.catamaran.tool.jraftdisk.RocksLibraries;
import dev.catamaran.tool.jraftdisk.RocksLibrary;
import dev.catamaran.tool.jraftdisk.RocksVersion;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.jraftdisk.StoreReader;
import dev.catamaran.tool.jraftdisk.StoreRewriter;
import dev.catamaran.tool.jraftdisk.StoreVerifier;
import dev.catamaran.tool.rebuild.AddressMap;
import dev.catamaran.tool.rebuild.Finding;
import dev.catamaran.tool.rebuild.GroupTask;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works on the stores of real servers, with the RocksDB that fits each. */
public final class JRaftWork implements GroupWork, Closeable {

    private final RocksLibraries libraries;
    private final Optional<RocksLibrary> server;
    private final Path scratch;
    private final StoreReader reader;
    private final Map<RocksVersion, LoadedRocks> loaded = new HashMap<>();

    private JRaftWork(RocksLibraries libraries, Optional<RocksLibrary> server, Path scratch)
            throws IOException {
        this.libraries = requireNonNull(libraries, "libraries is null");
        this.server = requireNonNull(server, "server is null");
        this.scratch = requireNonNull(scratch, "scratch is null");
        this.reader = new StoreReader(load(libraries.toRead(server)), scratch);
    }

    /**
     * With the libraries of this machine.
     *
     * @param serverJar jar of the server that will run on the homes, if it was named
     * @throws IOException if a library cannot be loaded, or the jar holds none
     */
    public static JRaftWork open(Optional<Path> serverJar) throws IOException {
        Path scratch = Files.createTempDirectory("catamaran-rocksdb");
        try {
            Optional<RocksLibrary> server = Optional.empty();
            if (serverJar.isPresent()) {
                server = RocksLibraries.inServer(serverJar.get(), scratch);
                if (server.isEmpty()) {
                    throw new IOException("there is no RocksDB in " + serverJar.get());
                }
            }
            return new JRaftWork(RocksLibraries.ofThisMachine(), server, scratch);
        } catch (IOException e) {
            HomeCopy.remove(scratch);
            throw e;
        }
    }

    private LoadedRocks load(RocksLibrary library) throws IOException {
        LoadedRocks known = loaded.get(library.version());
        if (known != null) {
            return known;
        }
        LoadedRocks now = library.load();
        loaded.put(library.version(), now);
        return now;
    }

    @Override
    public StoreFacts read(Path group) {
        return reader.read(new GroupFolder(group));
    }

    @Override
    public Optional<Finding> unwritable(StoreFacts facts, String where) {
        if (facts.log().isEmpty()) {
            return Optional.empty();
        }
        RocksLibraries.Choice choice = libraries.toWrite(facts.rocksdbVersion(), server);
        return choice instanceof RocksLibraries.Choice.Refused refused
                ? Optional.of(
                        Finding.refuses(
                                "no-fitting-rocksdb", refused.what(), where, refused.todo()))
                : Optional.empty();
    }

    @Override
    public void rewrite(Path staged, StoreFacts original, GroupTask task, AddressMap map)
            throws IOException {
        RocksLibraries.Choice choice = libraries.toWrite(original.rocksdbVersion(), server);
        if (choice instanceof RocksLibraries.Choice.Refused refused) {
            throw new IOException(refused.what() + ". " + refused.todo());
        }
        LoadedRocks rocks = load(((RocksLibraries.Choice.Fits) choice).library());
        new StoreRewriter(rocks, scratch)
                .rewrite(new GroupFolder(staged), original, map.raft(), appended(task));
    }

    @Override
    public List<String> differences(
            StoreFacts original, StoreFacts staged, GroupTask task, AddressMap map) {
        return StoreVerifier.differences(original, staged, map.raft(), appended(task));
    }

    private static Optional<AppendedVoters> appended(GroupTask task) {
        return task.appended()
                .map(
                        it ->
                                new AppendedVoters(
                                        it.members().stream()
                                                .map(member -> Peer.parse(member.raft()))
                                                .map(Optional::orElseThrow)
                                                .toList(),
                                        it.term()));
    }

    @Override
    public void close() throws IOException {
        HomeCopy.remove(scratch);
    }
}
