package dev.catamaran.registry.records;

/** One record of the registry, in the form both worlds share. */
public sealed interface RegistryRecord
        permits ServiceRecord, ClusterRecord, InstanceRecord, OverrideRecord, SwitchRecord {

    /** The service this record belongs to; of the switches, {@link SwitchRecord#KEY}. */
    ServiceKey service();
}
