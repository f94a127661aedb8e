/** Decides how the addresses in the protocol data of stopped homes are changed. No I/O. */
@NullMarked
package dev.catamaran.tool.rebuild;

import org.jspecify.annotations.NullMarked;
