package dev.catamaran.tool.records;

/** The kinds of lines of an export file. */
final class RecordForm {

    static final String HEADER = "catamaran-export";
    static final String SERVICE = "service";
    static final String CLUSTER = "cluster";
    static final String INSTANCE = "instance";
    static final String OVERRIDE = "override";

    /** Raised when older readers would misunderstand the lines. */
    static final int VERSION = 1;

    private RecordForm() {}
}
