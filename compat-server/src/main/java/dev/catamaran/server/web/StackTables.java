package dev.catamaran.server.web;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.Stack;
import dev.catamaran.registry.digest.RegistryTable;
import dev.catamaran.server.stack.RegistryStack;
import java.util.Map;

/**
 * This member's copies of both stacks, for those who ask for one of them by name.
 *
 * @param byId both stacks
 */
public record StackTables(Map<Stack, RegistryStack> byId) {

    public StackTables {
        byId = Map.copyOf(byId);
    }

    RegistryTable table(Stack id) {
        return requireNonNull(byId.get(id), "no such stack").table();
    }
}
