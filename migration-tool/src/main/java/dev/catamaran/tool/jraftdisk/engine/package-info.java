/**
 * What calls RocksDB. These classes are compiled against RocksDB 5.18 and defined anew for each
 * version at run time, beside the classes of that version (spec: jraft-disk 5.6).
 */
@NullMarked
package dev.catamaran.tool.jraftdisk.engine;

import org.jspecify.annotations.NullMarked;
