package dev.catamaran.server.stack.jraft;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import java.util.List;

/** A group of the registry: its state, and what its leader must know of a write beforehand. */
interface RegistryGroupState extends GroupState {

    /**
     * What a write is about: two writes that change the same thing have equal answers. A leader
     * appends nothing it could not read: older real nodes stop a group at such an entry (spec:
     * jraft-groups 2.4).
     */
    Object check(WriteRequest request) throws UnreadableEntryException;

    /** Whether what a write becomes depends on what was applied before it. */
    boolean dependsOnState(WriteRequest request);

    /**
     * The entries a write becomes, given what is applied now; none when there is nothing to do.
     * Asked for a write that depends on the state when all earlier writes of the same thing are
     * applied.
     */
    List<WriteRequest> plan(WriteRequest request) throws UnreadableEntryException;
}
