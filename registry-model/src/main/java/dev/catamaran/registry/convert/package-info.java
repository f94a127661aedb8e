/** Records between the 1.x and the 2.x form, and the report of what does not come along. */
@NullMarked
package dev.catamaran.registry.convert;

import org.jspecify.annotations.NullMarked;
