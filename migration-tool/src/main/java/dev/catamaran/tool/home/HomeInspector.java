package dev.catamaran.tool.home;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.jraftdisk.GroupFolder;
import dev.catamaran.tool.jraftdisk.LoadedRocks;
import dev.catamaran.tool.jraftdisk.RocksLibraries;
import dev.catamaran.tool.jraftdisk.RocksLibrary;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads homes of any version: raft groups, records of both stacks, and what they tell of the server
 * that wrote them. Changes nothing, also beside a running server. Loads RocksDB when the first home
 * with a raft group comes.
 */
public final class HomeInspector implements Closeable {

    private final Path scratch;
    private final Optional<Path> serverJar;
    private @Nullable LoadedRocks rocks;

    private HomeInspector(Path scratch, Optional<Path> serverJar) {
        this.scratch = scratch;
        this.serverJar = serverJar;
    }

    /**
     * An inspector with the libraries of this machine.
     *
     * @param serverJar jar of the homes' server, for homes newer than what comes with this tool
     * @throws IOException if there is no room for temporary files
     */
    public static HomeInspector open(Optional<Path> serverJar) throws IOException {
        requireNonNull(serverJar, "serverJar is null");
        return new HomeInspector(Files.createTempDirectory("catamaran-inspect"), serverJar);
    }

    /**
     * Whether a folder is a home with raft groups, which hold records that its files do not.
     *
     * @throws IOException if the folder of the groups cannot be listed
     */
    public static boolean hasGroups(Path home) throws IOException {
        Optional<DataFolder> data = DataFolder.of(home);
        return data.isPresent() && !GroupFolder.in(data.get().raft()).isEmpty();
    }

    /** Where a home can be read, or why it cannot. */
    public sealed interface Answer {

        /** It was read; what is wrong with it is among the findings. */
        record Inspected(HomeInspection inspection) implements Answer {
            public Inspected {
                requireNonNull(inspection, "inspection is null");
            }
        }

        /** It is no home, or cannot be read. */
        record NoHome(HomeFinding finding) implements Answer {
            public NoHome {
                requireNonNull(finding, "finding is null");
            }
        }
    }

    /**
     * Reads a home.
     *
     * @param home its folder, or its data folder
     * @throws IOException if RocksDB cannot be loaded
     */
    public Answer inspect(Path home) throws IOException {
        if (!Files.exists(home)) {
            return noHome("there is no such folder", home, "Name the server's home.");
        }
        if (!Files.isDirectory(home)) {
            return noHome("not a folder", home, "Name the server's home: the folder with data.");
        }
        if (!Files.isReadable(home) || !Files.isExecutable(home)) {
            return noHome(
                    "no permission to read the folder",
                    home,
                    "Run this as the user of the server, or as root.");
        }
        Optional<DataFolder> data = DataFolder.of(home);
        if (data.isEmpty()) {
            return noHome(
                    "not the home of a server: it has neither data/naming nor data/protocol",
                    home,
                    "Name the folder that holds data, mostly where the server was unpacked.");
        }
        return new Answer.Inspected(new HomeInspecting(home, data.get(), this::rocks).run(scratch));
    }

    private static Answer noHome(String what, Path home, String todo) {
        return new Answer.NoHome(HomeFinding.blocking(what, home, todo));
    }

    private LoadedRocks rocks() throws IOException {
        LoadedRocks known = rocks;
        if (known == null) {
            Optional<RocksLibrary> server = Optional.empty();
            if (serverJar.isPresent()) {
                server = RocksLibraries.inServer(serverJar.get(), scratch);
                if (server.isEmpty()) {
                    throw new IOException("there is no RocksDB in " + serverJar.get());
                }
            }
            known = RocksLibraries.ofThisMachine().toRead(server).load();
            rocks = known;
        }
        return known;
    }

    @Override
    public void close() throws IOException {
        HomeCopy.remove(scratch);
    }
}
