/** The 1.x raft of real servers, with members of ours in it. */
@NullMarked
package dev.catamaran.it.raft;

import org.jspecify.annotations.NullMarked;
