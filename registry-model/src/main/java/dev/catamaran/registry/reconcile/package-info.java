/** Differences between two views, and the bounded list of commands that removes them. */
@NullMarked
package dev.catamaran.registry.reconcile;

import org.jspecify.annotations.NullMarked;
