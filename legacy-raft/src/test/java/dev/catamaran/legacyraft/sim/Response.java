package dev.catamaran.legacyraft.sim;

import dev.catamaran.legacyraft.core.Effect;
import java.nio.charset.StandardCharsets;

/** What a call is answered with. */
sealed interface Response {

    /** Of a member of ours to another. */
    record Ours(Effect effect) implements Response {}

    /** As it travels. */
    record Wire(int status, byte[] body) implements Response {
        static Wire of(int status, String text) {
            return new Wire(status, text.getBytes(StandardCharsets.UTF_8));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
