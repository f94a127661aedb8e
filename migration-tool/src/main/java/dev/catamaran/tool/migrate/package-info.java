/** Carries records from any source to a live server, and compares sources. */
@NullMarked
package dev.catamaran.tool.migrate;

import org.jspecify.annotations.NullMarked;
