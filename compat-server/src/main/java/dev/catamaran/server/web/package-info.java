/** Controllers of both generations: decode, call, encode. */
@NullMarked
package dev.catamaran.server.web;

import org.jspecify.annotations.NullMarked;
