/**
 * The files in which JRaft keeps a group: read without changing them, and rewritten under other
 * names of the peers in a copy (spec: jraft-disk). Start with {@link
 * dev.catamaran.tool.jraftdisk.StoreReader} and {@link dev.catamaran.tool.jraftdisk.StoreFacts}.
 */
@NullMarked
package dev.catamaran.tool.jraftdisk;

import org.jspecify.annotations.NullMarked;
