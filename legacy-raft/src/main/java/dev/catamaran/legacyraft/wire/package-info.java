/** The JSON of 1.x raft messages, read and written, with our extension fields. */
@NullMarked
package dev.catamaran.legacyraft.wire;

import org.jspecify.annotations.NullMarked;
