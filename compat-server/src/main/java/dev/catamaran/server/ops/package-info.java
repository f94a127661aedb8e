/** Status, explanations, digests and diffs for operators. */
@NullMarked
package dev.catamaran.server.ops;

import org.jspecify.annotations.NullMarked;
