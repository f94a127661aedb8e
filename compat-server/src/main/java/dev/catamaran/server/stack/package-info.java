/** What both stacks offer the rest of the server. */
@NullMarked
package dev.catamaran.server.stack;

import org.jspecify.annotations.NullMarked;
