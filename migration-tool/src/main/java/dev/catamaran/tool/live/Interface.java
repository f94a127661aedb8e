package dev.catamaran.tool.live;

/** By which paths a server is written to. */
public enum Interface {
    /** What fits the server. */
    AUTO("", ""),
    /** Every 1.x and 2.x. */
    V1("/v1/ns", "/v1/ns/cluster"),
    /** 2.2 and later; clusters have no v2 path and go by v1. */
    V2("/v2/ns", "/v1/ns/cluster"),
    /** 3.x. */
    V3("/v3/admin/ns", "/v3/admin/ns/cluster");

    private final String base;
    private final String cluster;

    Interface(String base, String cluster) {
        this.base = base;
        this.cluster = cluster;
    }

    static Interface of(ServerKind kind) {
        return kind.generation() == Generation.V3X ? V3 : V1;
    }

    String service() {
        return base + "/service";
    }

    String instance() {
        return base + "/instance";
    }

    String cluster() {
        return cluster;
    }

    /** Whether services are named as {@code GROUP@@name}. */
    boolean namesGrouped() {
        return this == V1;
    }
}
