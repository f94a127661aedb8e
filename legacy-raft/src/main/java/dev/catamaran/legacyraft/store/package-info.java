/** The 1.x layout on disk, written safely, and what we keep beside it. */
@NullMarked
package dev.catamaran.legacyraft.store;

import org.jspecify.annotations.NullMarked;
