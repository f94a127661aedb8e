/**
 * Servers under test as plain processes on this machine: real ones of many versions and ours,
 * behind one set of verbs. Start at {@link dev.catamaran.it.server.NacosServer}.
 */
@NullMarked
package dev.catamaran.it.server;

import org.jspecify.annotations.NullMarked;
