/** Who is in the cluster, what they report, how to reach them. */
@NullMarked
package dev.catamaran.server.member;

import org.jspecify.annotations.NullMarked;
