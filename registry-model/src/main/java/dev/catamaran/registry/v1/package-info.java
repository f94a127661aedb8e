/** JSON forms of the 1.x data: datums, services, instance lists, keys. */
@NullMarked
package dev.catamaran.registry.v1;

import org.jspecify.annotations.NullMarked;
