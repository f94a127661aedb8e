/** The harness itself, tried on real servers. */
@NullMarked
package dev.catamaran.it.server;

import org.jspecify.annotations.NullMarked;
