package dev.catamaran.tool.jraftdisk;

import static java.util.Objects.requireNonNull;

/** A RocksDB that is loaded and can open logs. */
public record LoadedRocks(RocksDoor door, RocksVersion version) {
    public LoadedRocks {
        requireNonNull(door, "door is null");
        requireNonNull(version, "version is null");
    }
}
