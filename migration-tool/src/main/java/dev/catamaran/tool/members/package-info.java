/** Members of a rehearsal: their processes, ports and homes, and what they say of themselves. */
@NullMarked
package dev.catamaran.tool.members;

import org.jspecify.annotations.NullMarked;
