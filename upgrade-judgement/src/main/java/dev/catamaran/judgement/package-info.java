/** What may the cluster do now, and why. Pure: no clock, no I/O, no logger, java.base only. */
@NullMarked
package dev.catamaran.judgement;

import org.jspecify.annotations.NullMarked;
