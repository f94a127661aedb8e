package dev.catamaran.tool.jraftdisk.engine;

import dev.catamaran.tool.jraftdisk.Family;
import dev.catamaran.tool.jraftdisk.RocksDoor;
import dev.catamaran.tool.jraftdisk.RocksFailure;
import dev.catamaran.tool.jraftdisk.WalMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.StringAppendOperator;
import org.rocksdb.WALRecoveryMode;

/** Opens logs with the options that JRaft gives them (spec: jraft-disk 2). */
public final class RocksEngine implements RocksDoor {

    /** Keys are indexes of eight bytes, and JRaft told RocksDB so. */
    private static final int PREFIX_BYTES = 8;

    /** Loads the native library; throws {@link LinkageError} if this platform has none. */
    public RocksEngine() {
        RocksDB.loadLibrary();
    }

    @Override
    public Store openToRead(Path log, WalMode mode, Path scratch) throws RocksFailure {
        return open(log, options(scratch).setWalRecoveryMode(recovery(mode)), false);
    }

    @Override
    public Store openToWrite(Path log, Path scratch) throws RocksFailure {
        return open(
                log,
                options(scratch).setWalRecoveryMode(WALRecoveryMode.AbsoluteConsistency),
                true);
    }

    /** RocksDB's text log must not appear in the folder that is read. */
    private static DBOptions options(Path scratch) {
        return new DBOptions()
                .setCreateIfMissing(false)
                .setDbLogDir(scratch.toAbsolutePath().toString());
    }

    private static WALRecoveryMode recovery(WalMode mode) {
        return switch (mode) {
            case ABSOLUTE -> WALRecoveryMode.AbsoluteConsistency;
            case TORN_TAIL -> WALRecoveryMode.TolerateCorruptedTailRecords;
            case POINT_IN_TIME -> WALRecoveryMode.PointInTimeRecovery;
        };
    }

    private static Store open(Path log, DBOptions options, boolean writing) throws RocksFailure {
        StringAppendOperator merge = new StringAppendOperator();
        ColumnFamilyOptions family =
                new ColumnFamilyOptions()
                        .useFixedLengthPrefixExtractor(PREFIX_BYTES)
                        .setMergeOperator(merge)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION)
                        // a copy is to hold what its original holds, not to be tidied
                        .setDisableAutoCompactions(true);
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (Family one : Family.values()) {
            families.add(
                    new ColumnFamilyDescriptor(
                            one.storedName().getBytes(StandardCharsets.US_ASCII), family));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        List<AutoCloseable> owned = List.of(options, family, merge);
        try {
            String path = log.toAbsolutePath().toString();
            RocksDB db =
                    writing
                            ? RocksDB.open(options, path, families, handles)
                            : RocksDB.openReadOnly(options, path, families, handles);
            return new OpenStore(db, handles, owned);
        } catch (RocksDBException e) {
            OpenStore.closeAll(owned);
            throw new RocksFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
