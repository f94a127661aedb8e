package dev.catamaran.tool.jraftdisk;

import java.io.IOException;

/** RocksDB refused or failed; the message is its own. */
public final class RocksFailure extends IOException {

    public RocksFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
