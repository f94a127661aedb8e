package dev.catamaran.registry.v2;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** A map of a 2.x payload as it was read: in order, and with the type that stood before it. */
final class WireMap extends LinkedHashMap<Object, @Nullable Object> {

    private static final long serialVersionUID = 1;

    private final String type;

    /**
     * @param type name of its class on the wire; empty if it had none
     */
    WireMap(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }
}
