/** Dumps against what real servers said. */
@NullMarked
package dev.catamaran.it.dump;

import org.jspecify.annotations.NullMarked;
