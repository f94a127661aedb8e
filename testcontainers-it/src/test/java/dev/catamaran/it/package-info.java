/** Black boxes: processes made of the packed jars, spoken to over HTTP alone. */
@NullMarked
package dev.catamaran.it;

import org.jspecify.annotations.NullMarked;
