package dev.catamaran.tool.jraftdisk.engine;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.jraftdisk.Family;
import dev.catamaran.tool.jraftdisk.RocksDoor;
import dev.catamaran.tool.jraftdisk.RocksFailure;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** An open database. */
final class OpenStore implements RocksDoor.Store {

    private final RocksDB db;
    private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
    private final List<AutoCloseable> owned;

    /**
     * @param handles in the order of {@link Family}
     */
    OpenStore(RocksDB db, List<ColumnFamilyHandle> handles, List<AutoCloseable> owned) {
        this.db = db;
        Iterator<ColumnFamilyHandle> next = handles.iterator();
        for (Family family : Family.values()) {
            this.handles.put(family, next.next());
        }
        this.owned = owned;
    }

    private ColumnFamilyHandle handle(Family family) {
        return requireNonNull(handles.get(family), "no such family");
    }

    @Override
    public Optional<byte[]> get(Family family, byte[] key) throws RocksFailure {
        try {
            return Optional.ofNullable(db.get(handle(family), key));
        } catch (RocksDBException e) {
            throw failure(e);
        }
    }

    @Override
    public RocksDoor.Cursor from(Family family, byte[] key) {
        OpenCursor cursor = cursor(family);
        cursor.iterator.seek(key);
        return cursor;
    }

    private OpenCursor cursor(Family family) {
        // a total order: the prefix of each key is the whole key
        ReadOptions options =
                new ReadOptions()
                        .setTotalOrderSeek(true)
                        .setVerifyChecksums(true)
                        .setFillCache(false);
        return new OpenCursor(db.newIterator(handle(family), options), options);
    }

    @Override
    public Optional<byte[]> lastKey(Family family) throws RocksFailure {
        try (OpenCursor cursor = cursor(family)) {
            cursor.iterator.seekToLast();
            return cursor.isValid() ? Optional.of(cursor.key()) : Optional.empty();
        }
    }

    @Override
    public void write(List<RocksDoor.Put> puts) throws RocksFailure {
        try (WriteBatch batch = new WriteBatch();
                WriteOptions options = new WriteOptions().setSync(true)) {
            for (RocksDoor.Put put : puts) {
                batch.put(handle(put.family()), put.key(), put.value());
            }
            db.write(options, batch);
        } catch (RocksDBException e) {
            throw failure(e);
        }
    }

    @Override
    public void flush() throws RocksFailure {
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            for (ColumnFamilyHandle handle : handles.values()) {
                db.flush(options, handle);
            }
        } catch (RocksDBException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        handles.values().forEach(ColumnFamilyHandle::close);
        db.close();
        closeAll(owned);
    }

    static void closeAll(List<AutoCloseable> owned) {
        for (AutoCloseable one : owned) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException("native objects close without failing", e);
            }
        }
    }

    private static RocksFailure failure(RocksDBException e) {
        return new RocksFailure(String.valueOf(e.getMessage()), e);
    }

    /** An open iterator with its options. */
    private record OpenCursor(RocksIterator iterator, ReadOptions options)
            implements RocksDoor.Cursor {

        @Override
        public boolean isValid() throws RocksFailure {
            if (iterator.isValid()) {
                return true;
            }
            try {
                iterator.status();
                return false;
            } catch (RocksDBException e) {
                throw failure(e);
            }
        }

        @Override
        public byte[] key() {
            return iterator.key();
        }

        @Override
        public byte[] value() {
            return iterator.value();
        }

        @Override
        public void next() {
            iterator.next();
        }

        @Override
        public void close() {
            iterator.close();
            options.close();
        }
    }
}
