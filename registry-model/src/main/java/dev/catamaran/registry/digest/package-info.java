/** The hash tree over records that tells whether two stacks hold the same. */
@NullMarked
package dev.catamaran.registry.digest;

import org.jspecify.annotations.NullMarked;
