/** Live servers of every generation, read and written by the HTTP interfaces they have. */
@NullMarked
package dev.catamaran.tool.live;

import org.jspecify.annotations.NullMarked;
