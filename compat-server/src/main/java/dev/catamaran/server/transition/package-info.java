/** The judgement loop, the transition group as others see it, the state file, the fence. */
@NullMarked
package dev.catamaran.server.transition;

import org.jspecify.annotations.NullMarked;
