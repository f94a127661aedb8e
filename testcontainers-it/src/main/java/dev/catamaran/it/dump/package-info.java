/**
 * What a server says about its registry through its client API, field by field, and a load worth
 * asking about.
 */
@NullMarked
package dev.catamaran.it.dump;

import org.jspecify.annotations.NullMarked;
