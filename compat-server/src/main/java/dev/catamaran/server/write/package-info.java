/** Where a write goes, and what it waits for. */
@NullMarked
package dev.catamaran.server.write;

import org.jspecify.annotations.NullMarked;
