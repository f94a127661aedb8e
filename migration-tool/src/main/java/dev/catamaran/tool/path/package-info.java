/** Finds the way from one version to another: hops, hard stops, commands, times. Pure. */
@NullMarked
package dev.catamaran.tool.path;

import org.jspecify.annotations.NullMarked;
