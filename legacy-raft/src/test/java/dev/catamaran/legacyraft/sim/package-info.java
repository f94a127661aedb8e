/**
 * A simulated 1.x raft group: our members and scripted real ones, with virtual clocks, network and
 * disks, all from one seed. Published as a test-jar; start with {@code Simulation}.
 */
@NullMarked
package dev.catamaran.legacyraft.sim;

import org.jspecify.annotations.NullMarked;
