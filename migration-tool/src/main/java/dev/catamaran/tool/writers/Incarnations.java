package dev.catamaran.tool.writers;

/** How often each member has been started. */
@FunctionalInterface
public interface Incarnations {

    /** Starts of {@code member} so far; changes when it is started again. */
    int of(String member);
}
