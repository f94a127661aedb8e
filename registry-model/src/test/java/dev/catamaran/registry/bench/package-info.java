/** Benchmarks; run by {@code mvn -Pbench -pl registry-model}, see docs/benchmarks.md. */
@NullMarked
package dev.catamaran.registry.bench;

import org.jspecify.annotations.NullMarked;
