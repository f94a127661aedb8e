package dev.catamaran.legacyraft.core;

import static java.util.Objects.requireNonNull;

/** One step from a version of the set of datums to the next. */
public sealed interface Change {

    String key();

    /** The version this change leads to. */
    Position position();

    /** A datum is created or replaced. */
    record Put(Datum datum) implements Change {
        public Put {
            requireNonNull(datum, "datum is null");
        }

        @Override
        public String key() {
            return datum.key();
        }

        @Override
        public Position position() {
            return datum.position();
        }
    }

    /** A datum is deleted. */
    record Delete(Tombstone tombstone) implements Change {
        public Delete {
            requireNonNull(tombstone, "tombstone is null");
        }

        @Override
        public String key() {
            return tombstone.key();
        }

        @Override
        public Position position() {
            return tombstone.position();
        }
    }
}
