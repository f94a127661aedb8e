package dev.catamaran.tool.home;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.records.InstanceKey;
import dev.catamaran.registry.records.OverrideRecord;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.registry.v2.SnapshotArchive;
import dev.catamaran.registry.v2.SnapshotBodies;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The group of what operators laid over instances (spec: jraft-groups 3.4). */
final class OverridesReplay implements GroupReplay {

    private final Map<InstanceKey, OverrideRecord> overrides = new TreeMap<>();

    @Override
    public void clear() {
        overrides.clear();
    }

    @Override
    public String snapshotFile() {
        return SnapshotArchive.INSTANCE_METADATA.fileName();
    }

    @Override
    public void load(byte[] archive) {
        List<OverrideRecord> loaded =
                SnapshotBodies.decodeOverrides(SnapshotArchive.unpack(archive, "").orThrow())
                        .orThrow();
        clear();
        loaded.forEach(override -> overrides.put(override.key(), override));
    }

    @Override
    public void apply(WriteRequest request) {
        byte[] data = request.getData().toByteArray();
        switch (request.getOperation()) {
            case GroupPayloads.ADD, GroupPayloads.CHANGE -> {
                OverrideRecord override = GroupPayloads.decodeOverride(data).orThrow();
                overrides.put(override.key(), override);
            }
            case GroupPayloads.DELETE ->
                    overrides.remove(GroupPayloads.decodeOverrideRemoval(data).orThrow());
            default ->
                    throw new DecodeException(
                            "has operation " + request.getOperation(), "override request");
        }
    }

    Collection<OverrideRecord> overrides() {
        return overrides.values();
    }
}
