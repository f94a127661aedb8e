/** The journal of jobs: what was done to whom, and where to go on after a crash. */
@NullMarked
package dev.catamaran.tool.job;

import org.jspecify.annotations.NullMarked;
