/**
 * A member of ours in a raft that real 1.x servers share: bug-compatible on the wire, safe behind
 * it (spec: legacy-raft 3, 4, 9). Pure and single-threaded; time comes as ticks.
 */
@NullMarked
package dev.catamaran.legacyraft.shared;

import org.jspecify.annotations.NullMarked;
