/** Figures of docs/benchmarks.md. */
@NullMarked
package dev.catamaran.legacyraft.bench;

import org.jspecify.annotations.NullMarked;
