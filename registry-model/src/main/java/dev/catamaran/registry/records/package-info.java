/** The records of both worlds, their keys and default rules, and the commands that change them. */
@NullMarked
package dev.catamaran.registry.records;

import org.jspecify.annotations.NullMarked;
