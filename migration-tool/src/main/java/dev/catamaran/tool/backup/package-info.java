/** Backups of homes, whose files are named by what they hold. */
@NullMarked
package dev.catamaran.tool.backup;

import org.jspecify.annotations.NullMarked;
