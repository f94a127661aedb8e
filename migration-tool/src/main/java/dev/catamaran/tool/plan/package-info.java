/** What a rehearsal plays, as data. Pure. */
@NullMarked
package dev.catamaran.tool.plan;

import org.jspecify.annotations.NullMarked;
