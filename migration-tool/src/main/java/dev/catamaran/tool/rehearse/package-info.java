/** Plays a rehearsal: takes the steps of the plan on real members and judges what came of it. */
@NullMarked
package dev.catamaran.tool.rehearse;

import org.jspecify.annotations.NullMarked;
