/**
 * Clients that write and read during a rehearsal, as applications do, and keep the record of it.
 */
@NullMarked
package dev.catamaran.tool.writers;

import org.jspecify.annotations.NullMarked;
