/** The JRaft groups of 2.x and their state machines. The only package that knows JRaft. */
@NullMarked
package dev.catamaran.server.stack.jraft;

import org.jspecify.annotations.NullMarked;
