/**
 * The 1.x raft among members as a pure step function: no clock, no I/O, no logger; time is ticks
 * and randomness an input. What 1.x leaves unsafe is made safe by extension fields that real nodes
 * ignore; see {@link dev.catamaran.legacyraft.core.RaftCore}.
 */
@NullMarked
package dev.catamaran.legacyraft.core;

import org.jspecify.annotations.NullMarked;
