package dev.catamaran.tool.job;

/** What differs between the databases a journal may live in. */
enum Database {
    H2(
            "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)",
            "CHARACTER LARGE OBJECT",
            ""),
    POSTGRESQL("CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)", "TEXT", ""),
    /** MySQL 8 or later, MariaDB 10.6 or later: older ones do not know SKIP LOCKED. */
    MYSQL(
            "CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)",
            "MEDIUMTEXT",
            " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");

    private final String nowMs;
    private final String textType;
    private final String tableTail;

    Database(String nowMs, String textType, String tableTail) {
        this.nowMs = nowMs;
        this.textType = textType;
        this.tableTail = tableTail;
    }

    /** The database's own clock, so that workers need not agree on the time. */
    String nowMs() {
        return nowMs;
    }

    String textType() {
        return textType;
    }

    String tableTail() {
        return tableTail;
    }
}
