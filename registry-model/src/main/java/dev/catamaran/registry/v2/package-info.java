/** Hessian and protobuf forms of the 2.x data: log entries, group payloads, snapshots. */
@NullMarked
package dev.catamaran.registry.v2;

import org.jspecify.annotations.NullMarked;
