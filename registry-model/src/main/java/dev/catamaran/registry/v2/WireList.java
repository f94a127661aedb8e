package dev.catamaran.registry.v2;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** A list or set of a 2.x payload as it was read, with the type that stood before it. */
final class WireList extends ArrayList<@Nullable Object> {

    private static final long serialVersionUID = 1;

    private final String type;

    /**
     * @param type name of its class on the wire; empty if it had none
     */
    WireList(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }
}
