/** Carries a rebuild out on the disk: locks, stage, swap, journal, undo. */
@NullMarked
package dev.catamaran.tool.rebuild.disk;

import org.jspecify.annotations.NullMarked;
