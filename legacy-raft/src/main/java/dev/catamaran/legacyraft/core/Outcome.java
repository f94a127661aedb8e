package dev.catamaran.legacyraft.core;

/** How a wish ended. */
public sealed interface Outcome {

    /** A majority holds it durably. */
    record Committed(Position position) implements Outcome {}

    /** Nothing was stored or sent, and never will be. */
    record NotNow(String because) implements Outcome {}

    /** It may or may not survive; the next leader decides. */
    record Unknown(String because) implements Outcome {}
}
