/** Reads what servers wrote and say, and tells what moved the cluster, why, and what to do. */
@NullMarked
package dev.catamaran.tool.explain;

import org.jspecify.annotations.NullMarked;
