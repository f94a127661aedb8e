/** The command line: one class per verb. */
@NullMarked
package dev.catamaran.tool.command;

import org.jspecify.annotations.NullMarked;
