/** The copy of the primary into the other stack. */
@NullMarked
package dev.catamaran.server.mirror;

import org.jspecify.annotations.NullMarked;
