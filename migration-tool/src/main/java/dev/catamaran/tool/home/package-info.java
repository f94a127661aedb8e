/** Homes of servers: where things stand in them, what they hold, their locks, and copies. */
@NullMarked
package dev.catamaran.tool.home;

import org.jspecify.annotations.NullMarked;
