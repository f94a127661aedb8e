/** The rules of the house that no compiler checks. */
@NullMarked
package dev.catamaran.house;

import org.jspecify.annotations.NullMarked;
