package dev.catamaran.tool.jraftdisk;

/** What RocksDB makes of a damaged write-ahead log. Servers open with {@link #POINT_IN_TIME}. */
public enum WalMode {
    /** Any damage is an error. */
    ABSOLUTE,
    /** An incomplete last record is dropped, other damage is an error. */
    TORN_TAIL,
    /** Everything from the first damage on is dropped in silence. */
    POINT_IN_TIME
}
