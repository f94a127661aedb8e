/** How the inspection of a home is shown. */
@NullMarked
package dev.catamaran.tool.inspect;

import org.jspecify.annotations.NullMarked;
