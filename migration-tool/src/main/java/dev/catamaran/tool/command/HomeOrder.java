package dev.catamaran.tool.command;

import dev.catamaran.tool.rebuild.disk.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is to be done to homes, decided: it is kept in the journal of jobs, carried out, and after a
 * crash read from there and carried out again, which does no harm.
 */
sealed interface HomeOrder permits ApplyOrder, BackupOrder, ForgetOrder, RestoreOrder, UndoOrder {

    /** The verb, as the journal names it. */
    String verb();

    /** What was asked for, from which {@link HomeOrders} makes it again; paths are absolute. */
    SortedMap<String, String> arguments();

    /** What was decided, as a JSON object. */
    default String plan() {
        return "{}";
    }

    /** Digest of what is to be reached, or the name of a plan; empty if there is none. */
    default String source() {
        return "";
    }

    /** Homes that it changes, once it does. */
    List<Path> touched();

    /** Jar of the server whose RocksDB is to write. */
    default Optional<Path> serverJar() {
        return Optional.empty();
    }

    /** How things stand after broken I/O. */
    default List<String> afterFailure() {
        return Failures.live(touched());
    }

    /**
     * Does it.
     *
     * @param watch asked before anything is changed
     * @return exit code of the answer
     */
    int run(Replies replies, Watch watch) throws IOException;
}
