package dev.catamaran.tool.jraftdisk;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * RocksDB, of whichever version {@link RocksLibrary} loaded. An implementation must check the
 * status of an iterator when it ends: without that, an old version shows newer files as an empty
 * log (spec: jraft-disk 0). It must not call what RocksDB 5.18 did not have.
 */
public interface RocksDoor {

    /**
     * Opens a group's log so that nothing in its folder changes; works beside a running server.
     * Holds what the write-ahead log holds in native memory.
     *
     * @param scratch folder for RocksDB's own text log
     * @throws RocksFailure if RocksDB cannot open it
     */
    Store openToRead(Path log, WalMode mode, Path scratch) throws RocksFailure;

    /**
     * Opens a group's log to write. Only ever a copy, and only with the version of its server.
     *
     * @param scratch folder for RocksDB's own text log
     * @throws RocksFailure if RocksDB cannot open it
     */
    Store openToWrite(Path log, Path scratch) throws RocksFailure;

    /** An open log. */
    interface Store extends AutoCloseable {

        /** The value of a key. */
        Optional<byte[]> get(Family family, byte[] key) throws RocksFailure;

        /** All keys from this one on, in order. */
        Cursor from(Family family, byte[] key) throws RocksFailure;

        /** The last key of a family. */
        Optional<byte[]> lastKey(Family family) throws RocksFailure;

        /** Writes all of it or nothing, synced. */
        void write(List<Put> puts) throws RocksFailure;

        /** Moves what the write-ahead log holds into tables. */
        void flush() throws RocksFailure;

        @Override
        void close();
    }

    /** A key to set. */
    record Put(Family family, byte[] key, byte[] value) {}

    /** A position in a column family. */
    interface Cursor extends AutoCloseable {

        /** Whether there is an entry here; an end that is no end is a failure. */
        boolean isValid() throws RocksFailure;

        byte[] key();

        byte[] value();

        void next();

        @Override
        void close();
    }
}
