package dev.catamaran.tool.live;

/** Which interfaces a server has. */
public enum Generation {
    /** v1; the raft of 1.x, or the JRaft group of 1.4. */
    V1X,
    /** v1, and v2 from 2.2 on. */
    V2X,
    /** v3; v1 and v2 only in part. */
    V3X,
    /** Ours: v1 for writing, and lists of records for reading. */
    CATAMARAN
}
