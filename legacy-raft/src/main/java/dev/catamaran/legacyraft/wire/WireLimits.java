package dev.catamaran.legacyraft.wire;

/** Bounds of everything inbound (spec: legacy-raft 9.2 S3). */
public final class WireLimits {

    /** Largest request or answer body as it travels: a beat of some 500,000 keys. */
    public static final int MAX_BODY = 16 * 1024 * 1024;

    /** Largest text a gzip body may grow to. */
    public static final int MAX_INFLATED = 128 * 1024 * 1024;

    /** Deepest JSON: a service with its clusters is six deep. */
    static final int MAX_DEPTH = 32;

    /** Most keys in one beat. */
    static final int MAX_KEYS = 500_000;

    private WireLimits() {}
}
