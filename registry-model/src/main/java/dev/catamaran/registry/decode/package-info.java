/** What every decoder answers: the value, or a refusal that says what is wrong and where. */
@NullMarked
package dev.catamaran.registry.decode;

import org.jspecify.annotations.NullMarked;
