package dev.catamaran.server.stack.jraft;

import java.util.List;

/** Names of the groups this member runs (spec: jraft-groups 1.4). */
final class Groups {

    static final String INSTANCES = "naming_persistent_service_v2";
    static final String SERVICES = "naming_service_metadata";
    static final String OVERRIDES = "naming_instance_metadata";
    static final String TRANSITION = "catamaran_transition";

    /** The groups of the registry, in the order in which they are started. */
    static final List<String> REGISTRY = List.of(SERVICES, INSTANCES, OVERRIDES);

    private Groups() {}
}
