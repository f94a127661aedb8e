package dev.catamaran.tool.jraftdisk.engine;

import dev.catamaran.tool.jraftdisk.Family;
import dev.catamaran.tool.jraftdisk.RocksDoor;
import dev.catamaran.tool.jraftdisk.StoreMaker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.StringAppendOperator;

/** Creates logs as a server does at its first start. */
public final class CreatingEngine implements StoreMaker {

    public CreatingEngine() {
        RocksDB.loadLibrary();
    }

    @Override
    public RocksDoor.Store create(Path log) {
        StringAppendOperator merge = new StringAppendOperator();
        ColumnFamilyOptions family =
                new ColumnFamilyOptions().useFixedLengthPrefixExtractor(8).setMergeOperator(merge);
        DBOptions options =
                new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (Family one : Family.values()) {
            families.add(
                    new ColumnFamilyDescriptor(
                            one.storedName().getBytes(StandardCharsets.US_ASCII), family));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB db = RocksDB.open(options, log.toString(), families, handles);
            return new OpenStore(db, handles, List.of(options, family, merge));
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }
}
