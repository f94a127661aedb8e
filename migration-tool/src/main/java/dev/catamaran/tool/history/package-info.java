/** What clients asked and were told, and the judgement whether the registry kept its word. Pure. */
@NullMarked
package dev.catamaran.tool.history;

import org.jspecify.annotations.NullMarked;
