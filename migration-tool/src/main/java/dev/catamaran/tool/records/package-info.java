/** Records as the tool carries them: a set with its overrides, and the lines of export files. */
@NullMarked
package dev.catamaran.tool.records;

import org.jspecify.annotations.NullMarked;
