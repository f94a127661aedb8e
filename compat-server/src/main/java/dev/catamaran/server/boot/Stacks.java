package dev.catamaran.server.boot;

import dev.catamaran.judgement.Stack;
import dev.catamaran.server.stack.RegistryStack;
import java.util.Map;

/**
 * Both stacks by id; a type of its own because the framework reads a map of beans otherwise.
 *
 * @param byId both stacks
 */
record Stacks(Map<Stack, RegistryStack> byId) {
    Stacks {
        byId = Map.copyOf(byId);
    }
}
