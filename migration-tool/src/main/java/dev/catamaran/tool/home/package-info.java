/** Homes of 1.x servers: what their files hold, copies of them, and a sample of one. */
@NullMarked
package dev.catamaran.tool.home;

import org.jspecify.annotations.NullMarked;
