/** The tool as an operator runs it, against real servers and ours. */
@NullMarked
package dev.catamaran.it.rescue;

import org.jspecify.annotations.NullMarked;
