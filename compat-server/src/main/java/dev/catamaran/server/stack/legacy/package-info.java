/** One thread round the 1.x raft core, its wire and its files. */
@NullMarked
package dev.catamaran.server.stack.legacy;

import org.jspecify.annotations.NullMarked;
