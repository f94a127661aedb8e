/** Faults planted into members by tests. */
@NullMarked
package dev.catamaran.server.boot;

import org.jspecify.annotations.NullMarked;
